-- Sight of a document ends with the seat that it came from: a government that is no party to a
-- case any more reads nothing there but what it was sent.
GRANT DELETE ON document_access TO vinculo_app;
CREATE POLICY removes ON document_access FOR DELETE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
