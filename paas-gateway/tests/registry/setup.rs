//! Endpoints that cannot be.

use super::{Table, signer};
use paas_client::KeystoneClient;
use paas_core::access::Registry;
use paas_gateway::registry::{InvalidRegistryTokens, RegistryTokens, RegistryTokensBuilder};
use std::time::Duration;

fn builder() -> RegistryTokensBuilder {
    let keystone = KeystoneClient::builder().url("https://keystone.example/v3").build().unwrap();
    RegistryTokens::builder(keystone, signer(), Table::default())
}

#[test]
fn tokens_live_five_minutes_at_most() {
    assert_eq!(builder().build().unwrap_err(), InvalidRegistryTokens::NoRegistry);
    let with = |lifetime| builder().registry("r", Registry::Test).lifetime(lifetime).build().map(|_| ());
    for lifetime in [Duration::from_secs(301), Duration::from_millis(300_001), Duration::from_millis(999)] {
        assert_eq!(with(lifetime), Err(InvalidRegistryTokens::Lifetime), "{lifetime:?}");
    }
    for lifetime in [Duration::from_secs(300), Duration::from_secs(1)] {
        assert_eq!(with(lifetime), Ok(()), "{lifetime:?}");
    }
}
