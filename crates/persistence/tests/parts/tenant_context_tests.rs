use crate::tenant_context::of;
use vinculo_domain::TenantId;

#[test]
fn a_government_begins_in_its_own_context() {
    for key in ["00", "14", "14039", "public"] {
        let text = of(&TenantId::new(key)).unwrap();
        assert!(text.contains(&format!("app.tenant_id = '{key}';")));
        assert_eq!(text.matches(&format!("'{key}'")).count(), 2);
        assert_eq!(text.matches("LOCAL ").count(), 4);
    }
}

#[test]
fn a_key_that_would_end_the_text_is_refused() {
    for key in [
        "",
        "14'",
        "14'; ROLLBACK; --",
        "14\\",
        "14 ",
        "14\n",
        "ñ",
        "14\0",
    ] {
        assert!(of(&TenantId::new(key)).is_err(), "{key:?}");
    }
}
