"""What the database itself keeps: the claims' copies, a booth's forum, extras in stock, the terms' version.

Triggers rather than the services: an admin form, an import or a script changes these as well.
"""

from django.db import migrations

RULES = """
-- A booth belongs to the forum of its hall, and its type to the same one.
CREATE FUNCTION exhibitors_place_booth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT forum_id INTO NEW.forum_id FROM exhibitors_hall WHERE id = NEW.hall_id;
    IF NOT EXISTS (SELECT FROM exhibitors_boothtype WHERE id = NEW.type_id AND forum_id = NEW.forum_id) THEN
        RAISE EXCEPTION 'The type of booth % belongs to another forum', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booth_type_of_its_forum';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER booth_place BEFORE INSERT OR UPDATE ON exhibitors_booth
    FOR EACH ROW EXECUTE FUNCTION exhibitors_place_booth();

-- Each booth of a claim says what the claim says, so that one constraint can refuse a second owner.
CREATE FUNCTION exhibitors_copy_claim() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    claim exhibitors_boothbooking;
    home bigint;
BEGIN
    SELECT * INTO claim FROM exhibitors_boothbooking WHERE id = NEW.booking_id;
    SELECT forum_id INTO home FROM exhibitors_exhibitor WHERE id = claim.exhibitor_id;
    IF NOT EXISTS (SELECT FROM exhibitors_booth WHERE id = NEW.booth_id AND forum_id = home) THEN
        RAISE EXCEPTION 'Booth % belongs to another forum', NEW.booth_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booked_booth_of_its_forum';
    END IF;
    NEW.span := claim.span;
    NEW.is_live := claim.status IN ('held', 'requested', 'asked', 'offered', 'accepted', 'confirmed');
    RETURN NEW;
END $$;
CREATE TRIGGER booked_booth_copy BEFORE INSERT OR UPDATE ON exhibitors_bookedbooth
    FOR EACH ROW EXECUTE FUNCTION exhibitors_copy_claim();

CREATE FUNCTION exhibitors_copy_extra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT status IN ('held', 'requested', 'asked', 'offered', 'accepted', 'confirmed') INTO NEW.is_live
    FROM exhibitors_boothbooking WHERE id = NEW.booking_id;
    RETURN NEW;
END $$;
CREATE TRIGGER booked_extra_copy BEFORE INSERT OR UPDATE ON exhibitors_bookedextra
    FOR EACH ROW EXECUTE FUNCTION exhibitors_copy_extra();

-- Writing the rows again lets the triggers above copy what changed.
CREATE FUNCTION exhibitors_pass_on_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exhibitors_bookedbooth SET span = NEW.span WHERE booking_id = NEW.id;
    UPDATE exhibitors_bookedextra SET quantity = quantity WHERE booking_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_pass_on AFTER UPDATE OF status, span ON exhibitors_boothbooking
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status OR OLD.span IS DISTINCT FROM NEW.span)
    EXECUTE FUNCTION exhibitors_pass_on_claim();

-- How many of an extra are taken. The row of the extra is locked by the UPDATE, and its check refuses.
CREATE FUNCTION exhibitors_count_extra() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.is_live THEN
        UPDATE exhibitors_extra SET taken = taken - OLD.quantity WHERE id = OLD.extra_id;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') AND NEW.is_live THEN
        UPDATE exhibitors_extra SET taken = taken + NEW.quantity WHERE id = NEW.extra_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booked_extra_given AFTER INSERT OR DELETE ON exhibitors_bookedextra
    FOR EACH ROW EXECUTE FUNCTION exhibitors_count_extra();
CREATE TRIGGER booked_extra_changed AFTER UPDATE ON exhibitors_bookedextra FOR EACH ROW
    WHEN ((OLD.is_live, OLD.quantity, OLD.extra_id) IS DISTINCT FROM (NEW.is_live, NEW.quantity, NEW.extra_id))
    EXECUTE FUNCTION exhibitors_count_extra();

CREATE FUNCTION exhibitors_keep_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever saves an extra writes all its columns, with the number as it was when the form was opened.
    IF pg_trigger_depth() = 1 THEN
        NEW.taken := OLD.taken;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER extra_taken BEFORE UPDATE OF taken ON exhibitors_extra
    FOR EACH ROW EXECUTE FUNCTION exhibitors_keep_taken();

CREATE FUNCTION exhibitors_count_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.terms_version := OLD.terms_version;
    IF (NEW.terms_vi, NEW.terms_ko, NEW.terms_en) IS DISTINCT FROM (OLD.terms_vi, OLD.terms_ko, OLD.terms_en)
    THEN
        NEW.terms_version := OLD.terms_version + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exhibition_terms_version BEFORE UPDATE ON exhibitors_exhibition
    FOR EACH ROW EXECUTE FUNCTION exhibitors_count_terms();
"""
NO_RULES = """
DROP TRIGGER booth_place ON exhibitors_booth;
DROP TRIGGER booked_booth_copy ON exhibitors_bookedbooth;
DROP TRIGGER booked_extra_copy ON exhibitors_bookedextra;
DROP TRIGGER booking_pass_on ON exhibitors_boothbooking;
DROP TRIGGER booked_extra_given ON exhibitors_bookedextra;
DROP TRIGGER booked_extra_changed ON exhibitors_bookedextra;
DROP TRIGGER extra_taken ON exhibitors_extra;
DROP TRIGGER exhibition_terms_version ON exhibitors_exhibition;
DROP FUNCTION exhibitors_place_booth, exhibitors_copy_claim, exhibitors_copy_extra, exhibitors_pass_on_claim,
    exhibitors_count_extra, exhibitors_keep_taken, exhibitors_count_terms;
"""


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0001_initial")]
    operations = [migrations.RunSQL(RULES, NO_RULES)]
