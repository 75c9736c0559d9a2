//! Writes the metrics as text.

use super::Metrics;
use crate::app::App;
use prometheus_client::encoding::text::encode;

impl Metrics {
    /// The current state as text.
    pub async fn expose(&self, app: &App) -> String {
        self.gauges.read(app, self.start.elapsed()).await;
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::warn!(%error, "the metrics could not be written");
        }
        text
    }
}
