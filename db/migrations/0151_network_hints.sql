-- Open pages ask every second what was switched since (network-hints.ts).
create index network_switchings_recorded on network_switchings (recorded_at);
