//! A first start that is interrupted at any point.

use super::{config, id_of, keys_of, opened};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Duration;
use tempfile::TempDir;
use vinculo_api::config::Config;
use vinculo_api::installation::Beginning;
use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, on_each, program};

#[actix_web::test]
async fn a_first_start_that_ended_after_any_step_goes_on() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        for done in 0..=Beginning::STEPS.len() {
            let home = folder.path().join(format!("after-{done}"));
            std::fs::create_dir(&home).unwrap();
            let scratch = Scratch::empty(engine, &home);
            let data = home.join("data");
            let config = config(&scratch, &data);
            let beginning = Beginning::of(&config, &scratch.migration_url, None);
            for (name, step) in Beginning::STEPS.into_iter().take(done) {
                step(&beginning).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
            }
            let draft = std::fs::read_to_string(data.join("installation.new")).ok();
            let keys = (done >= 5).then(|| keys_of(&data));
            opened(&config).unwrap_or_else(|said| panic!("after {done} steps: {said}"));
            let id = id_of(&data);
            if let Some(draft) = draft {
                assert_eq!(draft.trim(), id, "after {done} steps");
            }
            assert_eq!(
                scratch.texts("SELECT id AS x FROM installation"),
                std::slice::from_ref(&id)
            );
            assert!(keys.is_none_or(|keys| keys == keys_of(&data)));
            assert!(!data.join("installation.new").exists());
            if done == 0 {
                opened(&config).unwrap();
                assert_eq!(id_of(&data), id);
            }
        }
    })
    .await;
}

fn migrating(config: &Config) -> Command {
    let mut command = Command::new(program());
    command
        .env_clear()
        .env("VINCULO_DATA_DIR", &config.data_dir)
        .env("VINCULO_DATABASE_URL", config.database_url())
        .env(
            "VINCULO_MIGRATION_URL",
            config.migration_url.as_deref().unwrap(),
        )
        .arg("migrate")
        .stderr(Stdio::piped());
    if config.database_url().starts_with("sqlite") {
        command.env_remove("VINCULO_MIGRATION_URL");
    }
    command
}

#[actix_web::test]
async fn a_first_start_that_is_killed_again_and_again_goes_on() {
    on_each(|engine: Engine, folder: Rc<TempDir>| async move {
        let scratch = Scratch::empty(engine, folder.path());
        let config = config(&scratch, &folder.path().join("data"));
        for milliseconds in [2, 10, 30, 60, 100, 150, 220, 300] {
            let mut running = migrating(&config).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(milliseconds));
            running.kill().unwrap();
            running.wait().unwrap();
        }
        // Two processes at once continue from what is left.
        let together = [migrating(&config).spawn(), migrating(&config).spawn()];
        for running in together {
            let ended = running.unwrap().wait_with_output().unwrap();
            assert!(ended.status.success(), "{ended:?}");
        }
        let id = id_of(&config.data_dir);
        assert_eq!(scratch.texts("SELECT id AS x FROM installation"), [id]);
        opened(&config).unwrap();
    })
    .await;
}
