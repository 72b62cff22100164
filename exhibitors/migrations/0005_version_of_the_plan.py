"""The version of a hall's plan is the database's to count: an editor, a form, an import and a script all change
the plan, and who began with an older one must notice.
"""

from django.db import migrations

RULES = """
CREATE FUNCTION exhibitors_plan_grew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exhibitors_hall SET version = version + 1 WHERE id IN (SELECT hall_id FROM newer);
    RETURN NULL;
END $$;
CREATE FUNCTION exhibitors_plan_shrank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exhibitors_hall SET version = version + 1 WHERE id IN (SELECT hall_id FROM older);
    RETURN NULL;
END $$;
-- Whether a booth is kept free changes no plan, and does not lock the hall.
CREATE FUNCTION exhibitors_booths_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exhibitors_hall SET version = version + 1 WHERE id IN (
        SELECT unnest(ARRAY[older.hall_id, newer.hall_id]) FROM older JOIN newer USING (id)
        WHERE (older.hall_id, older.number, older.type_id, older.shape)
            IS DISTINCT FROM (newer.hall_id, newer.number, newer.type_id, newer.shape)
    );
    RETURN NULL;
END $$;
CREATE FUNCTION exhibitors_features_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE exhibitors_hall SET version = version + 1 WHERE id IN (
        SELECT unnest(ARRAY[older.hall_id, newer.hall_id]) FROM older JOIN newer USING (id)
        WHERE older IS DISTINCT FROM newer
    );
    RETURN NULL;
END $$;
CREATE FUNCTION exhibitors_hall_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever saves a hall writes all its columns, with the version as it was when the form was opened.
    NEW.version := GREATEST(NEW.version, OLD.version);
    IF (NEW.width, NEW.depth) IS DISTINCT FROM (OLD.width, OLD.depth) THEN
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hall_version BEFORE UPDATE ON exhibitors_hall
    FOR EACH ROW EXECUTE FUNCTION exhibitors_hall_version();
CREATE TRIGGER booth_added_to_plan AFTER INSERT ON exhibitors_booth
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION exhibitors_plan_grew();
CREATE TRIGGER booth_taken_from_plan AFTER DELETE ON exhibitors_booth
    REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION exhibitors_plan_shrank();
CREATE TRIGGER booth_changed_on_plan AFTER UPDATE ON exhibitors_booth
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION exhibitors_booths_changed();
CREATE TRIGGER feature_added_to_plan AFTER INSERT ON exhibitors_hallfeature
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION exhibitors_plan_grew();
CREATE TRIGGER feature_taken_from_plan AFTER DELETE ON exhibitors_hallfeature
    REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION exhibitors_plan_shrank();
CREATE TRIGGER feature_changed_on_plan AFTER UPDATE ON exhibitors_hallfeature
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION exhibitors_features_changed();
"""
NO_RULES = """
DROP TRIGGER hall_version ON exhibitors_hall;
DROP TRIGGER booth_added_to_plan ON exhibitors_booth;
DROP TRIGGER booth_taken_from_plan ON exhibitors_booth;
DROP TRIGGER booth_changed_on_plan ON exhibitors_booth;
DROP TRIGGER feature_added_to_plan ON exhibitors_hallfeature;
DROP TRIGGER feature_taken_from_plan ON exhibitors_hallfeature;
DROP TRIGGER feature_changed_on_plan ON exhibitors_hallfeature;
DROP FUNCTION exhibitors_plan_grew, exhibitors_plan_shrank, exhibitors_booths_changed,
    exhibitors_features_changed, exhibitors_hall_version;
"""


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0004_picture_below_the_plan")]
    operations = [migrations.RunSQL(RULES, NO_RULES)]
