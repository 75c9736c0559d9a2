DROP INDEX consolidations_by_case;
DROP INDEX consolidations_by_end;
DROP INDEX consolidations_by_registration;
DROP INDEX consolidations_by_update;
ALTER TABLE consolidations DROP COLUMN ends_on;
ALTER TABLE agreement_access DROP COLUMN ends_on;
ALTER TABLE agreement_access DROP COLUMN parties;
ALTER TABLE agreement_access DROP COLUMN themes;
