"""What the database itself keeps of invoices and payments: what is issued stays, and numbers have no gaps.

Triggers rather than the services: an admin form, an import or a script could write these rows as well.
"""

from django.db import migrations

RULES = """
-- A document that was issued is in somebody's books: nobody changes it or takes it away.
CREATE FUNCTION exhibitors_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is issued and stays as it is', OLD.number
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;
CREATE TRIGGER invoice_stays BEFORE UPDATE OR DELETE ON exhibitors_invoice
    FOR EACH ROW EXECUTE FUNCTION exhibitors_keep_document('invoice_stays');
CREATE TRIGGER payment_is_kept BEFORE DELETE ON exhibitors_payment
    FOR EACH ROW EXECUTE FUNCTION exhibitors_keep_document('payment_stays');

-- Of a payment one thing may change, once: it is withdrawn, with a reason.
CREATE FUNCTION exhibitors_keep_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    withdrawn exhibitors_payment := OLD;
BEGIN
    withdrawn.withdrawn_at := NEW.withdrawn_at;
    withdrawn.withdraw_reason := NEW.withdraw_reason;
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR NEW IS DISTINCT FROM withdrawn THEN
        RAISE EXCEPTION '% is recorded and stays as it is', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_stays BEFORE UPDATE ON exhibitors_payment
    FOR EACH ROW EXECUTE FUNCTION exhibitors_keep_payment();

-- One number after the other; and the number of a document is the one that the series has just given.
CREATE FUNCTION exhibitors_count_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.forum_id, NEW.year, NEW.kind, NEW.last)
        IS DISTINCT FROM (OLD.forum_id, OLD.year, OLD.kind, OLD.last + 1)
    THEN
        RAISE EXCEPTION 'After number % comes the next one', OLD.last
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_series_counts_on';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_series_counts_on BEFORE UPDATE OR DELETE ON exhibitors_invoiceseries
    FOR EACH ROW EXECUTE FUNCTION exhibitors_count_on();

CREATE FUNCTION exhibitors_number_document() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    series text := CASE NEW.kind WHEN 'received' THEN 'receipt' WHEN 'refunded' THEN 'refund' ELSE NEW.kind END;
BEGIN
    IF NOT EXISTS (
        SELECT FROM exhibitors_invoiceseries AS given
        WHERE (given.forum_id, given.year, given.kind, given.last)
            = (NEW.forum_id, NEW.year, series, NEW.sequence)
    ) THEN
        RAISE EXCEPTION 'Number % was not given by its series', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'number_of_its_series';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_number BEFORE INSERT ON exhibitors_invoice
    FOR EACH ROW EXECUTE FUNCTION exhibitors_number_document();
CREATE TRIGGER payment_number BEFORE INSERT ON exhibitors_payment
    FOR EACH ROW EXECUTE FUNCTION exhibitors_number_document();

-- A booking has one invoice that stands; credit notes take away no more than the invoice asks for.
CREATE FUNCTION exhibitors_weigh_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home bigint;
    base exhibitors_invoice;
    before record;
BEGIN
    -- The race: two invoices, or two credit notes, that do not see each other.
    SELECT exhibitor.forum_id INTO home
    FROM exhibitors_boothbooking AS booking JOIN exhibitors_exhibitor AS exhibitor
        ON exhibitor.id = booking.exhibitor_id
    WHERE booking.id = NEW.booking_id FOR NO KEY UPDATE OF booking;
    IF home IS DISTINCT FROM NEW.forum_id THEN
        RAISE EXCEPTION 'Booking % belongs to another forum', NEW.booking_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_of_its_forum';
    END IF;
    IF NEW.kind = 'invoice' THEN
        IF EXISTS (
            SELECT FROM exhibitors_invoice AS former
            WHERE former.booking_id = NEW.booking_id AND former.kind = 'invoice'
                AND former.total
                    > (SELECT COALESCE(sum(total), 0) FROM exhibitors_invoice WHERE of_id = former.id)
        ) THEN
            RAISE EXCEPTION 'Booking % has an invoice', NEW.booking_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_has_one_invoice';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO base FROM exhibitors_invoice WHERE id = NEW.of_id FOR NO KEY UPDATE;
    SELECT COALESCE(sum(net), 0) AS net, COALESCE(sum(vat), 0) AS vat INTO before
    FROM exhibitors_invoice WHERE of_id = NEW.of_id;
    IF base.kind <> 'invoice' OR base.booking_id <> NEW.booking_id OR base.currency <> NEW.currency
        OR before.net + NEW.net > base.net OR before.vat + NEW.vat > base.vat
    THEN
        RAISE EXCEPTION 'Invoice % is not so much', base.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'credit_note_within_invoice';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoice_weight BEFORE INSERT ON exhibitors_invoice
    FOR EACH ROW EXECUTE FUNCTION exhibitors_weigh_invoice();

-- Money is counted against an invoice, in its currency and forum; nothing is paid back that did not come in.
CREATE FUNCTION exhibitors_weigh_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    base exhibitors_invoice;
    here numeric;
BEGIN
    SELECT * INTO base FROM exhibitors_invoice WHERE id = NEW.invoice_id FOR NO KEY UPDATE;
    IF base.kind <> 'invoice' OR base.forum_id <> NEW.forum_id OR base.currency <> NEW.currency THEN
        RAISE EXCEPTION 'Invoice % is not paid so', base.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_of_its_invoice';
    END IF;
    SELECT COALESCE(sum(CASE kind WHEN 'received' THEN amount ELSE -amount END), 0) INTO here
    FROM exhibitors_payment WHERE invoice_id = NEW.invoice_id AND withdrawn_at IS NULL AND id <> NEW.id;
    IF NEW.withdrawn_at IS NULL THEN
        here := here + CASE NEW.kind WHEN 'received' THEN NEW.amount ELSE -NEW.amount END;
    END IF;
    IF here < 0 THEN
        RAISE EXCEPTION 'More would be paid back for invoice % than came in', base.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_payments';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_weight BEFORE INSERT OR UPDATE ON exhibitors_payment
    FOR EACH ROW EXECUTE FUNCTION exhibitors_weigh_payment();
"""
NO_RULES = """
DROP TRIGGER invoice_stays ON exhibitors_invoice;
DROP TRIGGER invoice_number ON exhibitors_invoice;
DROP TRIGGER invoice_weight ON exhibitors_invoice;
DROP TRIGGER invoice_series_counts_on ON exhibitors_invoiceseries;
DROP TRIGGER payment_is_kept ON exhibitors_payment;
DROP TRIGGER payment_stays ON exhibitors_payment;
DROP TRIGGER payment_number ON exhibitors_payment;
DROP TRIGGER payment_weight ON exhibitors_payment;
DROP FUNCTION exhibitors_keep_document, exhibitors_keep_payment, exhibitors_count_on,
    exhibitors_number_document, exhibitors_weigh_invoice, exhibitors_weigh_payment;
"""


class Migration(migrations.Migration):
    dependencies = [("exhibitors", "0006_invoices_and_payments")]
    operations = [migrations.RunSQL(RULES, NO_RULES)]
