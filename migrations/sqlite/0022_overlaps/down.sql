DROP INDEX agreement_counterparts_by_owner;
DROP TABLE overlap_resolutions;
