//! Code that the types must reject. Each case is a pair of documentation tests made from one text.
//! One has the allowed code and compiles; the other has the forbidden code in its place and nothing
//! else is different, so it fails for the reason in question. Each names the compiler's own code
//! for that reason; only a nightly toolchain compares it.

macro_rules! barrier {
    ($(#[doc = $said:literal])+ $name:ident $code:literal $before:literal, $allowed:literal | $forbidden:literal, $after:literal) => {
        $(#[doc = $said])+
        #[doc = concat!("\n```no_run\n", $before, $allowed, $after, "\n```\n")]
        #[doc = concat!("\n```compile_fail,", $code, "\n", $before, $forbidden, $after, "\n```\n")]
        pub mod $name {}
    };
}

barrier! {
    /// Only the policy makes a scope.
    a_scope_is_not_written_down "E0451"
    "use vinculo_auth::{Action, Kind, Reach, Scope, policy};
    use vinculo_domain::TenantId;
    fn everything(tenant: TenantId) -> Scope {
        let (actor, kind, action, reach) = (None, Kind::Agreement, Action::Read, Reach::All);
        ", "policy::scope(actor, kind, action)" |
    "Scope { actor, tenant, kind, action, reach, read_reach: reach }", "
    }"
}

barrier! {
    /// A scope is not made by changing part of another one.
    a_scope_is_not_updated "E0451"
    "use vinculo_auth::{Reach, Scope};
    fn wider(scope: Scope) -> Scope {
        ", "Scope::clone(&scope)" | "Scope { reach: Reach::All, ..scope }", "
    }"
}

barrier! {
    /// A holder of a scope can read it and change nothing.
    a_scope_is_not_altered "E0616"
    "use vinculo_auth::{Reach, Scope};
    fn widen(mut scope: Scope) {
        ", "let _ = scope.reach() == Reach::All" | "scope.reach = Reach::All", ";
    }"
}

barrier! {
    /// What a scope exposes cannot be written through either.
    a_scope_is_not_altered_through_what_it_shows "E0594"
    "use vinculo_auth::Scope;
    use vinculo_domain::TenantId;
    fn widen(mut scope: Scope) {
        ", "let _ = *scope.tenant() == TenantId::sre()" | "*scope.tenant() = TenantId::sre()", ";
    }"
}

barrier! {
    /// A scope cannot be parsed from text.
    a_scope_is_not_deserialised "E0277"
    "use vinculo_auth::Scope;
    use vinculo_domain::TenantId;
    fn read(text: &str) -> serde_json::Result<", "TenantId" | "Scope", "> {
        serde_json::from_str(text)
    }"
}

barrier! {
    /// A scope has no default.
    a_scope_has_no_default "E0277"
    "use vinculo_auth::Scope;
    fn none() -> ", "Option<Scope>" | "Scope", " {
        Default::default()
    }"
}

barrier! {
    /// An actor is not a scope: the policy decides how far it reaches.
    an_actor_is_no_scope "E0277"
    "use vinculo_auth::{Action, Actor, Kind, Scope, policy};
    fn of(actor: Actor) -> Scope {
        ", "policy::scope(Some(&actor), Kind::Agreement, Action::Read)" | "actor.into()", "
    }"
}

barrier! {
    /// An actor alone cannot open a read.
    an_actor_does_not_read "E0308"
    "use vinculo_auth::{Actor, Scope};
    use vinculo_persistence::Db;
    async fn read(db: &Db, actor: &Actor, scope: &Scope) {
        let _ = db.read(", "scope" | "actor", ", \"\", \"\", |tx| Ok(tx.now())).await;
    }"
}

barrier! {
    /// An actor alone cannot open a write.
    an_actor_does_not_write "E0308"
    "use vinculo_auth::{Actor, Scope};
    use vinculo_persistence::{Db, Intent, Reply};
    async fn write(db: &Db, actor: &Actor, scope: &Scope, intent: &Intent, reply: Reply) {
        let _ = db.write(", "scope" | "actor", ", intent, move |_tx| Ok(reply.clone())).await;
    }"
}

barrier! {
    /// Only the unit of work makes a reading transaction.
    a_reading_transaction_is_not_made "E0451"
    "use vinculo_auth::Scope;
    use vinculo_persistence::ReadTx;
    fn other<'t>(tx: ReadTx<'t>, scope: &'t Scope) -> ReadTx<'t> {
        ", "tx" | "ReadTx { scope, ..tx }", "
    }"
}

barrier! {
    /// Only the unit of work makes a writing transaction.
    a_writing_transaction_is_not_made "E0451"
    "use vinculo_auth::Scope;
    use vinculo_persistence::WriteTx;
    fn other<'t>(tx: WriteTx<'t>, scope: &'t Scope) -> WriteTx<'t> {
        ", "tx" | "WriteTx { scope, ..tx }", "
    }"
}

barrier! {
    /// A transaction does not outlive its unit of work.
    a_transaction_does_not_leave_its_door ""
    "use vinculo_auth::Scope;
    use vinculo_persistence::Db;
    async fn keep(db: &Db, scope: &Scope) {
        let _ = db.read(scope, \"\", \"\", |tx| Ok(", "tx.now()" | "tx", ")).await;
    }"
}

barrier! {
    /// A transaction keeps the scope that opened it.
    a_transaction_keeps_its_scope "E0616"
    "use vinculo_auth::Scope;
    use vinculo_persistence::ReadTx;
    fn swap<'t>(tx: &mut ReadTx<'t>, scope: &'t Scope) {
        ", "let _ = (tx.now(), scope)" | "tx.scope = scope", ";
    }"
}

barrier! {
    /// A reading transaction writes nothing.
    a_reading_transaction_does_not_write "E0308"
    "use vinculo_persistence::stores::counterparts;
    use vinculo_persistence::{ReadTx, WriteTx};
    fn delete(tx: &mut ", "WriteTx" | "ReadTx", "<'_>, id: uuid::Uuid) {
        let _ = counterparts::delete(tx, id, 1);
    }"
}

barrier! {
    /// A store function takes the transaction, not the scope that would open one.
    a_store_is_not_called_with_a_scope "E0308"
    "use vinculo_auth::Scope;
    use vinculo_persistence::ReadTx;
    use vinculo_persistence::stores::counterparts;
    fn get(tx: &mut ReadTx<'_>, scope: &Scope, id: uuid::Uuid) {
        let _ = counterparts::get(", "tx" | "scope", ", id);
    }"
}

barrier! {
    /// Nor does it take the database.
    a_store_is_not_called_with_the_database "E0308"
    "use vinculo_persistence::stores::counterparts;
    use vinculo_persistence::{Db, ReadTx};
    fn get(tx: &mut ReadTx<'_>, db: &mut Db, id: uuid::Uuid) {
        let _ = counterparts::get(", "tx" | "db", ", id);
    }"
}

barrier! {
    /// Every operation has a permission.
    an_operation_has_a_permission "E0061"
    "use actix_web::HttpResponse;
    use actix_web::http::Method;
    use vinculo_api::operation::Operation;
    use vinculo_api::route::Route;
    use vinculo_auth::{Action, Kind};
    fn route() -> Route {
        Operation::new(\"list_x\", Method::GET, \"/v1/x\"", ", (Kind::Catalog, Action::Read)" | "", ").handled_by(|_ctx| async {
            Ok(HttpResponse::Ok().finish())
        })
    }"
}

barrier! {
    /// A permission has both a kind and an action.
    a_permission_is_whole "E0308"
    "use actix_web::HttpResponse;
    use actix_web::http::Method;
    use vinculo_api::operation::Operation;
    use vinculo_api::route::Route;
    use vinculo_auth::{Action, Kind};
    fn route(kind: Kind, action: Action) -> Route {
        Operation::new(\"list_x\", Method::GET, \"/v1/x\", ", "(kind, action)" | "(kind, None)", ").handled_by(|_ctx| async {
            Ok(HttpResponse::Ok().finish())
        })
    }"
}

barrier! {
    /// The connection type cannot be named outside the persistence crate.
    a_connection_has_no_name "E0603"
    "use vinculo_persistence::", "Engine" | "conn::Conn", ";"
}

barrier! {
    /// The connection of a transaction cannot be reached.
    a_connection_is_not_taken "E0616"
    "use vinculo_persistence::ReadTx;
    fn take(tx: &mut ReadTx<'_>) {
        let _ = tx.", "now()" | "conn", ";
    }"
}

barrier! {
    /// A connection cannot be opened outside the units of work.
    a_connection_is_not_opened "E0603"
    "use vinculo_persistence::", "Db" | "pool::connect", ";"
}

barrier! {
    /// The tables cannot be named outside the persistence crate.
    a_table_has_no_name "E0603"
    "use vinculo_persistence::", "stores::agreements" | "schema::agreements", ";"
}
