REVOKE UPDATE (version, annotations, kind, title, tier, government_id, government_name, counterpart, country,
    signed_on, content, life, updated_at) ON consolidations FROM vinculo_app;
GRANT UPDATE ON consolidations TO vinculo_app;
GRANT UPDATE ON accounts TO vinculo_app;
REVOKE UPDATE (created_at) ON tenants FROM vinculo_app;
GRANT INSERT, UPDATE ON tenants, governments TO vinculo_app;
DROP TABLE heartbeats;
