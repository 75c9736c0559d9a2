DROP TRIGGER records_take_turns ON records;
DROP FUNCTION take_turns();
DROP TRIGGER counts_removed ON record_facets;
DROP TRIGGER counts_added ON record_facets;
DROP FUNCTION count_records();
DROP FUNCTION is_counted(text);
DROP TABLE record_counts;
DROP FUNCTION acted_facets();
