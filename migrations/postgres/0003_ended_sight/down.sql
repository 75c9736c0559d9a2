DROP POLICY removes ON document_access;
REVOKE DELETE ON document_access FROM vinculo_app;
