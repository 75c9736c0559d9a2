//! Schemathesis tests whether the running service keeps to its OpenAPI document: on both engines,
//! as people of three tiers. Its configuration is in `xtask/schemathesis`.

mod answers;
mod people;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use answers::Answers;
use people::{ALIKE, PEOPLE, Person, SHORT_PEOPLE};

use crate::compiler::Compiler;
use crate::postgres::Server;
use crate::test_command::PRODUCT;
use crate::{process, python};

const ASKED: &str = "xtask/schemathesis";
const FOLDER: &str = "target/schemathesis";
const SQLITE: &str = "SQLite";
const POSTGRES: &str = "PostgreSQL";
/// Examples for each operation in the short tier.
const SHORT: u32 = 3;
/// Requests come as fast as they are answered, all from one machine; the rate limits have their own
/// tests.
const UNHURRIED: [&str; 4] = [
    "VINCULO_ANONYMOUS_PER_MINUTE",
    "VINCULO_SIGN_INS_PER_MINUTE",
    "VINCULO_PERSON_PER_MINUTE",
    "VINCULO_GOVERNMENT_PER_MINUTE",
];

/// Starts the service, waits for the end of its input, which comes when xtask closes the pipe or
/// dies, then stops the service. Only the service holds the output, so the output ends with it.
const KEEPER: &str = r#"
"$@" </dev/null &
service=$!
exec >/dev/null
trap '' INT TERM HUP
cat
kill "$service" 2>/dev/null
wait "$service"
"#;

/// The short tier tests less, and only on SQLite: Schemathesis uses nothing but HTTP.
pub fn run(server: &Server, compiler: &Compiler) -> Result<(), String> {
    let tier = compiler.tier;
    let root = std::env::current_dir().map_err(|error| error.to_string())?;
    let folder = root.join(FOLDER);
    let requirements = root.join(ASKED).join("requirements.txt");
    let programs = python::environment(&folder.join("python"), &requirements)?;
    let mut build = compiler.cargo();
    build.arg("build").args(PRODUCT);
    compiler.choose_profile(&mut build, "--profile");
    build.args(["--bin", "vinculo", "--locked", "--quiet"]);
    process::run(&mut build)?;
    let asking = Asking {
        program: programs.join("schemathesis"),
        config: root.join(ASKED).join("schemathesis.toml"),
        service: compiler.programs().join("vinculo"),
        examples: if tier.is_full() { None } else { Some(SHORT) },
    };
    // Two at once on one service would remove each other's records, so each has its own.
    let runs: Vec<(&str, &str, &[Person])> = if tier.is_full() {
        vec![(SQLITE, "sqlite", &PEOPLE), (POSTGRES, "postgres", &PEOPLE)]
    } else {
        let [some, others] = SHORT_PEOPLE;
        vec![(SQLITE, "sqlite", some), (SQLITE, "sqlite-2", others)]
    };
    let outcomes: Vec<Result<(&str, Answers), String>> = thread::scope(|scope| {
        let ask = |(engine, name, people): &(&'static str, &str, &'static [Person])| {
            let (engine, people, place) = (*engine, *people, folder.join(name));
            let asking = &asking;
            scope.spawn(move || {
                let served = if engine == POSTGRES {
                    Served::start_on_postgres(&asking.service, &place, server)
                } else {
                    Served::start(&asking.service, engine, &place, None)
                };
                Ok((engine, served?.ask_all(asking, people)?))
            })
        };
        let askers: Vec<_> = runs.iter().map(ask).collect();
        let answers = askers.into_iter().map(|asker| {
            asker
                .join()
                .unwrap_or_else(|_| Err("an asker panicked".into()))
        });
        answers.collect()
    });
    let mut by_engine: BTreeMap<&str, Answers> = BTreeMap::new();
    for outcome in outcomes {
        let (engine, answers) = outcome?;
        by_engine.entry(engine).or_default().add(answers);
    }
    let left_out: &[&str] = if tier.is_full() { &[] } else { &ALIKE };
    by_engine
        .iter()
        .try_for_each(|(engine, answers)| answers.expect_all_done(engine, left_out))
}

/// The program that sends the requests, and how many.
struct Asking {
    program: PathBuf,
    config: PathBuf,
    /// The service that is asked.
    service: PathBuf,
    /// Examples for each operation; if not set, the configuration decides.
    examples: Option<u32>,
}

/// Demonstration data, served from a new folder.
struct Served {
    engine: &'static str,
    folder: PathBuf,
    url: String,
    password: String,
    service: Child,
}

impl Served {
    fn start_on_postgres(program: &Path, folder: &Path, server: &Server) -> Result<Self, String> {
        let database = server.create_database("schemathesis")?;
        let served = Self::start(program, POSTGRES, folder, Some(&database))?;
        server.analyze("schemathesis")?;
        Ok(served)
    }

    fn start(
        program: &Path,
        engine: &'static str,
        folder: &Path,
        database: Option<&[String; 2]>,
    ) -> Result<Self, String> {
        let said = |error: std::io::Error| format!("{}: {error}", folder.display());
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(said)?;
        }
        std::fs::create_dir_all(folder).map_err(said)?;
        let log = std::fs::File::create(folder.join("service.log")).map_err(said)?;
        let mut demo = Command::new("sh");
        process::forget_settings(&mut demo);
        demo.args(["-c", KEEPER, "keeper"])
            .arg(program)
            .envs(UNHURRIED.map(|name| (name, "1000000")))
            .args(["demo", "--bind", "127.0.0.1:0", "--folder"])
            .arg(folder.join("world"));
        if let Some([application, migrator]) = database {
            demo.args(["--database-url", application, "--migration-url", migrator]);
        }
        let mut service = demo
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let printed = service.stdout.take();
        let mut served = Self {
            engine,
            folder: folder.to_path_buf(),
            url: String::new(),
            password: String::new(),
            service,
        };
        let lines = printed
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufRead::lines);
        for line in lines.map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("demostración) en ") {
                served.url = rest.split(' ').next().unwrap_or_default().to_owned();
            }
            if let Some((_, password)) = line.split_once("Contraseña de todas: ") {
                served.password = password.to_owned();
                return Ok(served);
            }
        }
        Err(format!(
            "the demonstration did not come up; see {}",
            folder.join("service.log").display()
        ))
    }

    fn ask_all(&self, asking: &Asking, people: &[Person]) -> Result<Answers, String> {
        let mut answers = Answers::default();
        for (at, person) in people.iter().enumerate() {
            let told = self.folder.join(format!("{at}.answers"));
            let summary = self.ask(asking, person, &told)?;
            println!(
                "{}, {} on {}: {summary}",
                self.engine, person.name, person.paths
            );
            answers.read(&told)?;
        }
        Ok(answers)
    }

    /// The summary line, or everything that was printed.
    fn ask(&self, asking: &Asking, person: &Person, told: &Path) -> Result<String, String> {
        let Asking {
            program,
            config,
            examples,
            ..
        } = asking;
        let left_out = format!("^/v1/({})(/|$)", ALIKE.join("|"));
        let short = *examples;
        let examples = examples.map(|count| format!("--max-examples={count}"));
        let output = Command::new(program)
            .arg("--config-file")
            .arg(config)
            .args(["run", &format!("{}/openapi.json", self.url), "--no-color"])
            .args(["--include-path-regex", person.paths])
            .args(
                short
                    .iter()
                    .flat_map(|_count| ["--exclude-path-regex", left_out.as_str()]),
            )
            .args(examples)
            .args(person.phases)
            .current_dir(&self.folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("SCHEMATHESIS_HOOKS", config.with_file_name("hooks.py"))
            .env("SERVICE_URL", &self.url)
            .env("SERVICE_EMAIL", format!("{}.vinculo.example", person.name))
            .env("SERVICE_PASSWORD", &self.password)
            .env("SERVICE_ANSWERS", told)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            let mut lines = printed
                .lines()
                .skip_while(|line| *line != "Test cases:")
                .skip(1);
            return Ok(lines.next().unwrap_or_default().trim().to_owned());
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        println!("{printed}{complaint}");
        Err(format!(
            "{}, as {}: the service does not keep to its document; Schemathesis's own words stand above",
            self.engine, person.name
        ))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.service.stdin.take());
        if let Err(error) = self.service.wait() {
            eprintln!("the service on {} did not stop: {error}", self.engine);
        }
    }
}
