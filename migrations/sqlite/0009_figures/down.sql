DELETE FROM counters WHERE series = 'agreement_facts';
DROP TABLE mechanism_facts;
DROP TABLE agreement_spells;
DROP TABLE agreement_fact_values;
DROP TABLE agreement_facts;
