//! The tables, in the subset of types that both engines share. Written by hand, so that dates
//! and JSON stay text on both; a test loads every column on both engines.

diesel::table! {
    tenants (id) {
        id -> Text,
        status -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    governments (id, valid_from) {
        id -> Text,
        valid_from -> Text,
        valid_to -> Nullable<Text>,
        tier -> Text,
        kind -> Nullable<Text>,
        name -> Text,
        official_name -> Nullable<Text>,
        abbreviation -> Nullable<Text>,
        sort_name -> Text,
        parent_id -> Nullable<Text>,
        inegi_key -> Nullable<Text>,
        area_km2 -> Nullable<Integer>,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    accounts (person_id) {
        person_id -> Text,
        email -> Text,
        password_hash -> Text,
        status -> Text,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    memberships (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        person_id -> Text,
        role -> Text,
        since -> Timestamp,
        until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        person_id -> Text,
        tenant_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        revoke_reason -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (hash) {
        hash -> Text,
        session_id -> Text,
        parent_hash -> Nullable<Text>,
        created_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    idempotency_keys (tenant_id, principal, operation, key) {
        tenant_id -> Text,
        principal -> Text,
        operation -> Text,
        key -> Text,
        fingerprint -> Text,
        status -> Integer,
        headers -> Text,
        body -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    audit_log (id) {
        id -> Text,
        at -> Timestamp,
        tenant_id -> Text,
        acting_tenant -> Text,
        person_id -> Nullable<Text>,
        session_id -> Nullable<Text>,
        operation -> Text,
        outcome -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<Text>,
        version -> Nullable<Integer>,
        request_id -> Text,
        detail -> Text,
    }
}

diesel::table! {
    audit_owners (tenant_id, audit_id) {
        tenant_id -> Text,
        audit_id -> Text,
        subjects -> Text,
    }
}

diesel::table! {
    outbox (id) {
        id -> Text,
        position -> Nullable<BigInt>,
        tenant_id -> Text,
        acting_tenant -> Text,
        event_type -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        version -> Integer,
        schema_version -> Integer,
        payload -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    heartbeats (name) {
        name -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    counters (series) {
        series -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    search_words (viewer, kind, word, subject_id) {
        viewer -> Text,
        kind -> Text,
        word -> Text,
        subject_id -> Text,
    }
}

diesel::table! {
    external_ids (tenant_id, subject_kind, system, value) {
        tenant_id -> Text,
        subject_kind -> Text,
        system -> Text,
        value -> Text,
        subject_id -> Text,
    }
}

diesel::table! {
    mechanisms (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        state_id -> Text,
        name -> Text,
        kinds -> Text,
        starts_on -> Text,
        ends_on -> Nullable<Text>,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
    }
}

diesel::table! {
    offices (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        state_id -> Text,
        name -> Text,
        head_post -> Nullable<Text>,
        since -> Text,
        until -> Nullable<Text>,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
        head_person_id -> Nullable<Text>,
    }
}

diesel::table! {
    counterparts (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        kind -> Text,
        level -> Text,
        name -> Text,
        sort_name -> Text,
        country -> Text,
        visibility -> Text,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_batches (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        file_name -> Text,
        file_sha256 -> Text,
        row_count -> Integer,
        person_id -> Nullable<Text>,
        created_at -> Timestamp,
        undone_at -> Nullable<Timestamp>,
        summary -> Nullable<Text>,
        completed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    agreements (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        version -> Integer,
        stage -> Text,
        kind -> Text,
        compliance -> Text,
        returned_from -> Nullable<Text>,
        file_number -> Nullable<Text>,
        signed_on -> Nullable<Text>,
        signed_place -> Nullable<Text>,
        originals -> Nullable<Text>,
        inscription -> Nullable<Text>,
        source -> Nullable<Text>,
        quality_flags -> Text,
        import_batch_id -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
        retired_at -> Nullable<Timestamp>,
        regularizing -> Bool,
        regularized_at -> Nullable<Timestamp>,
        out_of_scope -> Nullable<Text>,
        dispute -> Nullable<Text>,
        stage_before -> Nullable<Text>,
        recorded_in_error -> Bool,
        relates_to -> Nullable<Text>,
    }
}

diesel::table! {
    agreement_drafts (tenant_id, agreement_id) {
        tenant_id -> Text,
        agreement_id -> Text,
        content -> Text,
        version -> Integer,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    agreement_parties (tenant_id, agreement_id, government_id) {
        tenant_id -> Text,
        agreement_id -> Text,
        government_id -> Text,
        role -> Text,
        body -> Nullable<Text>,
        position -> Integer,
        confirmed_at -> Nullable<Timestamp>,
        confirmed_by -> Nullable<Text>,
        body_id -> Nullable<Text>,
    }
}

diesel::table! {
    agreement_counterparts (tenant_id, agreement_id, counterpart_id) {
        tenant_id -> Text,
        agreement_id -> Text,
        counterpart_tenant -> Text,
        counterpart_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    agreement_grants (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        viewer_tenant -> Text,
        reason -> Text,
        level -> Text,
        acts -> Bool,
        follows -> Bool,
        legal_basis -> Text,
        since -> Timestamp,
        until -> Nullable<Timestamp>,
        keeps -> Bool,
    }
}

diesel::table! {
    agreement_access (viewer_tenant, agreement_id) {
        viewer_tenant -> Text,
        agreement_id -> Text,
        owner_tenant -> Text,
        level -> Text,
        version -> Integer,
        stage -> Text,
        kind -> Text,
        compliance -> Text,
        title -> Text,
        country -> Text,
        counterpart -> Text,
        signed_on -> Text,
        updated_at -> Timestamp,
        waiting_for -> Text,
        holder_tenant -> Text,
        held_since -> Text,
        due_on -> Text,
        priority -> Text,
        themes -> Text,
        parties -> Text,
        ends_on -> Text,
        changed_at -> Timestamp,
        recorded_in_error -> Bool,
        known_version -> Integer,
    }
}

diesel::table! {
    documents (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        subject_kind -> Text,
        kind -> Text,
        language -> Nullable<Text>,
        rendition -> Text,
        classification -> Text,
        ground -> Nullable<Text>,
        until -> Nullable<Text>,
        file_name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
        public_version_of -> Nullable<Text>,
    }
}

diesel::table! {
    document_access (viewer_tenant, document_id) {
        viewer_tenant -> Text,
        document_id -> Text,
        owner_tenant -> Text,
        agreement_id -> Text,
    }
}

diesel::table! {
    text_sets (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        number -> Integer,
        texts -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
        signed -> Nullable<Bool>,
    }
}

diesel::table! {
    submissions (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        number -> Integer,
        sent_to -> Text,
        content -> Text,
        counterparts -> Text,
        text_set -> Nullable<Integer>,
        signed -> Bool,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        submitted_at -> Timestamp,
        announcement -> Bool,
        parties -> Nullable<Text>,
    }
}

diesel::table! {
    submission_access (viewer_tenant, agreement_id, number) {
        viewer_tenant -> Text,
        agreement_id -> Text,
        number -> Integer,
        owner_tenant -> Text,
        submission_id -> Text,
    }
}

diesel::table! {
    remarks (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        submission -> Integer,
        kind -> Text,
        text -> Text,
        text_set -> Nullable<Integer>,
        language -> Nullable<Text>,
        clause -> Nullable<Text>,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        clause_model -> Nullable<Text>,
    }
}

diesel::table! {
    opinions (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        submission -> Integer,
        result -> Text,
        number -> Text,
        issued_on -> Text,
        document_id -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
        valid_until -> Nullable<Text>,
        legal_basis -> Nullable<Text>,
    }
}

diesel::table! {
    signatories (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        position -> Integer,
        side -> Text,
        party -> Text,
        person_id -> Text,
        post -> Text,
        capacity -> Text,
        authority_document_id -> Nullable<Text>,
    }
}

diesel::table! {
    history (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        version -> Integer,
        action -> Text,
        from_stage -> Nullable<Text>,
        to_stage -> Text,
        shared -> Bool,
        note -> Nullable<Text>,
        note_for -> Nullable<Text>,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        request_id -> Text,
        at -> Timestamp,
        on_behalf -> Bool,
        changes -> Nullable<Text>,
    }
}

diesel::table! {
    inscriptions (number) {
        number -> Text,
        year -> Integer,
        ordinal -> Integer,
        tenant_id -> Text,
        agreement_id -> Text,
        kind -> Text,
        title -> Text,
        tier -> Text,
        government_id -> Text,
        government_name -> Text,
        counterpart -> Nullable<Text>,
        country -> Nullable<Text>,
        signed_on -> Text,
        content -> Text,
        registered_at -> Timestamp,
    }
}

diesel::table! {
    inscription_facets (facet, value, number) {
        facet -> Text,
        value -> Text,
        number -> Text,
    }
}

diesel::table! {
    agreement_facts (viewer_tenant, id, position) {
        viewer_tenant -> Text,
        id -> Text,
        position -> Integer,
        agreement_id -> Text,
        owner_tenant -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        digest -> Text,
        state -> Text,
        municipality -> Text,
        first_of_state -> Bool,
        tier -> Text,
        kind -> Text,
        instrument -> Text,
        stage -> Text,
        compliance -> Text,
        country -> Text,
        counterpart_kind -> Text,
        counterpart_level -> Text,
        body_kind -> Text,
        renewal -> Text,
        announced_month -> Text,
        signed_month -> Text,
        signed_year -> Text,
        registered_month -> Text,
        registered_year -> Text,
        ends_on -> Text,
        gap -> Text,
        has_date -> Bool,
        has_text -> Bool,
        has_validity -> Bool,
        was_unreviewed -> Bool,
    }
}

diesel::table! {
    agreement_fact_values (viewer_tenant, fact_id, dimension, value, since_on) {
        viewer_tenant -> Text,
        fact_id -> Text,
        dimension -> Text,
        value -> Text,
        since_on -> Text,
        until_on -> Text,
        owner_tenant -> Text,
        agreement_id -> Text,
    }
}

diesel::table! {
    agreement_spells (viewer_tenant, id) {
        viewer_tenant -> Text,
        id -> Text,
        agreement_id -> Text,
        owner_tenant -> Text,
        stage -> Text,
        party -> Text,
        event -> Text,
        ordinal -> Integer,
        entered_at -> Timestamp,
        entered_month -> Text,
        left_at -> Timestamp,
        business_days -> Nullable<Integer>,
        holder_tenant -> Text,
        target_days -> Nullable<Integer>,
    }
}

diesel::table! {
    mechanism_facts (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        mechanism_id -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        state_id -> Text,
        starts_on -> Text,
        ends_on -> Text,
    }
}

diesel::table! {
    row_sums (name) {
        name -> Text,
        sum -> Text,
    }
}

diesel::table! {
    storage_use (tenant_id) {
        tenant_id -> Text,
        files -> BigInt,
        bytes -> BigInt,
    }
}

diesel::table! {
    import_rows (tenant_id, batch_id, line) {
        tenant_id -> Text,
        batch_id -> Text,
        line -> Integer,
        result -> Text,
        owner_tenant -> Nullable<Text>,
        agreement_id -> Nullable<Text>,
        fingerprint -> Nullable<Text>,
        detail -> Text,
        undone -> Nullable<Text>,
    }
}

diesel::table! {
    text_clauses (tenant_id, agreement_id, text_set, language) {
        tenant_id -> Text,
        agreement_id -> Text,
        text_set -> Integer,
        language -> Text,
        clauses -> Text,
    }
}

diesel::table! {
    government_bodies (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        name -> Text,
        kind -> Text,
        starts_on -> Text,
        ends_on -> Nullable<Text>,
        successor_id -> Nullable<Text>,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
    }
}

diesel::table! {
    body_governments (tenant_id, body_id, government_id) {
        tenant_id -> Text,
        body_id -> Text,
        government_id -> Text,
    }
}

diesel::table! {
    administrations (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        starts_on -> Text,
        ends_on -> Nullable<Text>,
        head_person_id -> Nullable<Text>,
        head_post -> Nullable<Text>,
        head_capacity -> Nullable<Text>,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
    }
}

diesel::table! {
    party_approvals (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        government_id -> Text,
        document_id -> Text,
        session_on -> Nullable<Text>,
        members -> Nullable<Integer>,
        votes_for -> Nullable<Integer>,
        votes_against -> Nullable<Integer>,
        abstentions -> Nullable<Integer>,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    party_departures (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        government_id -> Text,
        reason -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    adhesions (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        government_id -> Text,
        signed_on -> Text,
        place -> Text,
        document_id -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    adhesion_signatories (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        agreement_id -> Text,
        government_id -> Text,
        position -> Integer,
        person_id -> Text,
        post -> Text,
        capacity -> Text,
        authority_document_id -> Nullable<Text>,
    }
}

diesel::table! {
    annotations (number, ordinal) {
        number -> Text,
        ordinal -> Integer,
        tenant_id -> Text,
        agreement_id -> Text,
        kind -> Text,
        effective_on -> Text,
        instrument_number -> Nullable<Text>,
        document_id -> Nullable<Text>,
        ground -> Nullable<Text>,
        changes -> Text,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    consolidations (number) {
        number -> Text,
        tenant_id -> Text,
        agreement_id -> Text,
        version -> Integer,
        annotations -> Integer,
        kind -> Text,
        title -> Text,
        tier -> Text,
        government_id -> Text,
        government_name -> Text,
        counterpart -> Nullable<Text>,
        country -> Nullable<Text>,
        signed_on -> Text,
        content -> Text,
        life -> Text,
        registered_at -> Timestamp,
        updated_at -> Timestamp,
        ends_on -> Text,
        legacy_key -> Nullable<Text>,
    }
}

diesel::table! {
    consolidation_facets (facet, value, number) {
        facet -> Text,
        value -> Text,
        number -> Text,
    }
}

diesel::table! {
    inscription_standings (number, since) {
        number -> Text,
        since -> Text,
        until -> Text,
        standing -> Text,
    }
}

diesel::table! {
    document_classifications (tenant_id, document_id, number) {
        tenant_id -> Text,
        document_id -> Text,
        number -> Integer,
        agreement_id -> Text,
        classification -> Text,
        ground -> Nullable<Text>,
        until -> Nullable<Text>,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    calendars (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
    }
}

diesel::table! {
    calendar_versions (tenant_id, calendar_id, version) {
        tenant_id -> Text,
        calendar_id -> Text,
        version -> Integer,
        fields -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    targets (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        stage -> Text,
        business_days -> Nullable<Integer>,
        promise -> Bool,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        acting_tenant -> Text,
    }
}

diesel::table! {
    agreement_turns (tenant_id, agreement_id, number) {
        tenant_id -> Text,
        agreement_id -> Text,
        number -> Integer,
        step -> Integer,
        version -> Integer,
        stage -> Text,
        waiting_for -> Text,
        holder_tenant -> Text,
        since -> Timestamp,
        until -> Nullable<Timestamp>,
        target_days -> Nullable<Integer>,
        due_on -> Nullable<Text>,
        calendar_tenant -> Text,
        calendar_id -> Nullable<Text>,
        calendar_version -> Integer,
        business_days -> Nullable<Integer>,
    }
}

diesel::table! {
    agreement_urgencies (tenant_id, agreement_id, version) {
        tenant_id -> Text,
        agreement_id -> Text,
        version -> Integer,
        urgent -> Bool,
        reason -> Nullable<Text>,
        planned_signing_on -> Nullable<Text>,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    agreement_assignments (viewer_tenant, id) {
        viewer_tenant -> Text,
        id -> Text,
        agreement_id -> Text,
        owner_tenant -> Text,
        person_id -> Nullable<Text>,
        note -> Nullable<Text>,
        assigned_by -> Nullable<Text>,
        since -> Timestamp,
        until -> Nullable<Timestamp>,
    }
}

diesel::joinable!(memberships -> tenants (tenant_id));
diesel::joinable!(accounts -> people (person_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(audit_owners -> audit_log (audit_id));

diesel::table! {
    installation (id) {
        id -> Text,
        one -> Integer,
        created_at -> Timestamp,
    }
}

diesel::table! {
    score_methods (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        version -> Integer,
        holds_from -> Text,
        weights -> Text,
        created_at -> Timestamp,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
    }
}

diesel::table! {
    records (tenant_id, id) {
        tenant_id -> Text,
        id -> Text,
        kind -> Text,
        status -> Text,
        visibility -> Text,
        sort_key -> Text,
        unique_key -> Nullable<Text>,
        schema_version -> Integer,
        body -> Text,
        version -> Integer,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        confirmed_at -> Timestamp,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        retired_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    record_versions (tenant_id, record_id, version) {
        tenant_id -> Text,
        record_id -> Text,
        version -> Integer,
        status -> Text,
        schema_version -> Integer,
        body -> Text,
        action -> Nullable<Text>,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
        erased_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    record_shares (tenant_id, record_id, viewer_tenant) {
        tenant_id -> Text,
        record_id -> Text,
        viewer_tenant -> Text,
        acts -> Bool,
    }
}

diesel::table! {
    record_facets (viewer_tenant, facet, sort_key, record_id) {
        viewer_tenant -> Text,
        facet -> Text,
        sort_key -> Text,
        record_id -> Text,
        owner_tenant -> Text,
    }
}

diesel::table! {
    record_counts (viewer_tenant, facet, owner_tenant) {
        viewer_tenant -> Text,
        facet -> Text,
        owner_tenant -> Text,
        records -> BigInt,
    }
}

diesel::table! {
    record_sums (viewer_tenant, kind, name, unit, year, owner_tenant) {
        viewer_tenant -> Text,
        kind -> Text,
        name -> Text,
        unit -> Text,
        year -> Integer,
        owner_tenant -> Text,
        amounts -> BigInt,
        billions -> BigInt,
        rest -> BigInt,
    }
}

diesel::table! {
    record_amounts (viewer_tenant, kind, name, unit, year, record_id) {
        viewer_tenant -> Text,
        kind -> Text,
        name -> Text,
        unit -> Text,
        year -> Integer,
        record_id -> Text,
        owner_tenant -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    record_links (tenant_id, record_id, name, target) {
        tenant_id -> Text,
        record_id -> Text,
        name -> Text,
        target -> Text,
        target_tenant -> Nullable<Text>,
        agreement_id -> Nullable<Text>,
        counterpart_id -> Nullable<Text>,
        linked_id -> Nullable<Text>,
        body_id -> Nullable<Text>,
        person_id -> Nullable<Text>,
        government_id -> Nullable<Text>,
        document_id -> Nullable<Text>,
    }
}

diesel::table! {
    overlap_resolutions (tenant_id, agreement_id, other_id, version) {
        tenant_id -> Text,
        agreement_id -> Text,
        other_id -> Text,
        version -> Integer,
        decision -> Text,
        reason -> Text,
        responsible -> Nullable<Text>,
        shared -> Text,
        person_id -> Nullable<Text>,
        acting_tenant -> Text,
        created_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    adhesion_signatories,
    adhesions,
    administrations,
    agreement_access,
    agreement_assignments,
    agreement_counterparts,
    agreement_drafts,
    agreement_fact_values,
    agreement_facts,
    agreement_grants,
    agreement_parties,
    agreement_spells,
    agreement_turns,
    agreement_urgencies,
    agreements,
    annotations,
    audit_log,
    audit_owners,
    body_governments,
    calendar_versions,
    calendars,
    consolidation_facets,
    consolidations,
    counterparts,
    counters,
    document_access,
    document_classifications,
    documents,
    external_ids,
    government_bodies,
    governments,
    heartbeats,
    history,
    idempotency_keys,
    import_batches,
    import_rows,
    inscription_facets,
    inscription_standings,
    inscriptions,
    installation,
    mechanism_facts,
    mechanisms,
    memberships,
    offices,
    opinions,
    outbox,
    overlap_resolutions,
    party_approvals,
    party_departures,
    people,
    record_amounts,
    record_sums,
    record_counts,
    record_facets,
    record_links,
    record_shares,
    record_versions,
    records,
    refresh_tokens,
    remarks,
    score_methods,
    search_words,
    sessions,
    row_sums,
    signatories,
    storage_use,
    submission_access,
    submissions,
    targets,
    tenants,
    text_clauses,
    text_sets,
);
