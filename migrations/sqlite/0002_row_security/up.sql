-- Row-level security is PostgreSQL's. Here the application's own filters are the barrier; the
-- migration stands on both engines so that their versions stay the same.
SELECT 1;
