"""What the database itself keeps of passes and leads.

Triggers rather than the services: an admin form, an import or a script writes these rows as well, and a ticket
is handed on by registrations, which knows nothing of passes.
"""

from django.db import migrations

RULES = """
-- Whose allowance counts: co-exhibitors share that of their host.
CREATE FUNCTION leads_home(exhibitor bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE(host_id, id) FROM exhibitors_exhibitor WHERE id = exhibitor
$$;

-- Passes of the booths that are confirmed, each booth once however many half days of it are booked.
CREATE FUNCTION leads_allowance(home bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COALESCE(SUM(kind.staff_passes), 0) FROM exhibitors_booth booth
    JOIN exhibitors_boothtype kind ON kind.id = booth.type_id
    WHERE booth.id IN (
        SELECT claim.booth_id FROM exhibitors_bookedbooth claim
        JOIN exhibitors_boothbooking booking ON booking.id = claim.booking_id
        JOIN exhibitors_exhibitor exhibitor ON exhibitor.id = booking.exhibitor_id
        WHERE booking.status = 'confirmed' AND (exhibitor.id = home OR exhibitor.host_id = home)
    )
$$;

CREATE FUNCTION leads_passes_given(home bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT COUNT(*) FROM leads_staffpass pass
    JOIN exhibitors_exhibitor exhibitor ON exhibitor.id = pass.exhibitor_id
    JOIN registrations_registration ticket ON ticket.id = pass.registration_id
    WHERE (exhibitor.id = home OR exhibitor.host_id = home)
        AND ticket.status IN ('pending', 'waiting', 'offered', 'confirmed')
$$;

-- The race: two managers give the last pass. Each waits for the row of the exhibitor that owns the allowance.
CREATE FUNCTION leads_keep_allowance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home bigint := leads_home(NEW.exhibitor_id);
BEGIN
    IF NOT EXISTS (
        SELECT FROM registrations_registration ticket
        JOIN exhibitors_exhibitor exhibitor ON exhibitor.forum_id = ticket.forum_id
        WHERE ticket.id = NEW.registration_id AND exhibitor.id = NEW.exhibitor_id
    ) THEN
        RAISE EXCEPTION 'The ticket of this pass belongs to another forum'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_pass_of_its_forum';
    END IF;
    PERFORM FROM exhibitors_exhibitor WHERE id = home FOR NO KEY UPDATE;
    IF leads_passes_given(home) >= leads_allowance(home) THEN
        RAISE EXCEPTION 'Exhibitor % has no staff pass left', home
            USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_pass_within_allowance';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER staff_pass_allowance BEFORE INSERT ON leads_staffpass
    FOR EACH ROW EXECUTE FUNCTION leads_keep_allowance();

-- A ticket that is handed on takes its pass along.
CREATE FUNCTION leads_hand_on_pass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE leads_staffpass SET registration_id = NEW.id WHERE registration_id = NEW.took_over_from_id;
    RETURN NULL;
END $$;
CREATE TRIGGER staff_pass_goes_along AFTER INSERT ON registrations_registration
    FOR EACH ROW WHEN (NEW.took_over_from_id IS NOT NULL) EXECUTE FUNCTION leads_hand_on_pass();

CREATE FUNCTION leads_keep_forum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM registrations_registration ticket
        JOIN exhibitors_exhibitor exhibitor ON exhibitor.forum_id = ticket.forum_id
        WHERE ticket.id = NEW.registration_id AND exhibitor.id = NEW.exhibitor_id
    ) THEN
        RAISE EXCEPTION 'A lead lies in one forum'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_of_its_forum';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER lead_of_its_forum BEFORE INSERT OR UPDATE OF exhibitor_id, registration_id ON leads_lead
    FOR EACH ROW EXECUTE FUNCTION leads_keep_forum();

CREATE FUNCTION leads_keep_pass_type() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM registrations_registrationtype WHERE id = NEW.type_id AND forum_id = NEW.forum_id
    ) THEN
        RAISE EXCEPTION 'The type of attendance belongs to another forum'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_type_of_its_forum';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pass_type_of_its_forum BEFORE INSERT OR UPDATE ON leads_passsetting
    FOR EACH ROW EXECUTE FUNCTION leads_keep_pass_type();
"""

UNDO = """
DROP TRIGGER pass_type_of_its_forum ON leads_passsetting;
DROP FUNCTION leads_keep_pass_type();
DROP TRIGGER lead_of_its_forum ON leads_lead;
DROP FUNCTION leads_keep_forum();
DROP TRIGGER staff_pass_goes_along ON registrations_registration;
DROP FUNCTION leads_hand_on_pass();
DROP TRIGGER staff_pass_allowance ON leads_staffpass;
DROP FUNCTION leads_keep_allowance();
DROP FUNCTION leads_passes_given(bigint);
DROP FUNCTION leads_allowance(bigint);
DROP FUNCTION leads_home(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_initial")]

    operations = [migrations.RunSQL(RULES, UNDO)]
