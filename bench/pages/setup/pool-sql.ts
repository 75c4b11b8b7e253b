/**
 * The table that all payments are drawn from: decided payments of a small simulated world, whose weeks begin on the
 * Monday `from` (ISO 8601). `n` numbers them, `into_week` is where in its week each lies, `persona` which week.
 */
export function poolSql(from: string): string {
  const monday = `'${from}'::timestamptz`;
  const week = `floor(extract(epoch from t.occurred_at - ${monday}) / 604800)::int`;
  return `
    create unlogged table bench_pool as
    select (row_number() over (order by t.seq))::int as n, ${week} as persona,
      t.occurred_at - ${monday} - ${week} * interval '7 days' as into_week,
      t.amount_minor, t.currency, t.customer_id, t.merchant_id, t.card_token, t.device_id, t.ip, t.merchant_category,
      t.channel, t.country, t.latitude, t.longitude, t.attributes, d.transaction_id, d.outcome, d.score, d.failure,
      d.policy_version_id, d.rule_set_version_id, d.list_revision, d.feature_set_version, d.features, d.reasons, d.rules,
      d.propensity, d.exploration, d.expected_loss_minor, d.response, null::float8 as challenger_score, l.label,
      l.source as label_source, l.recorded_at - t.occurred_at as label_delay
    from decision d join transaction t on t.id = d.transaction_id
      left join effective_label l on l.transaction_id = t.id`;
}

/** Whoever scored in shadow: $1 numbers of the pool, $2 scores. */
export const shadowScoresSql = `
  update bench_pool set challenger_score = row.score
  from unnest($1::int[], $2::float8[]) as row (n, score) where bench_pool.n = row.n`;

/** Every week has the same mix, drawn anew; the same customer comes back with the same persona. */
const drawnSql = `
  drawn as (
    select *, 'pay_' || $1::int || '_' || n as id, $3::timestamptz + into_week as at
    from bench_pool order by random() limit $2::int
  ), placed as materialized (
    select *, customer_id || '_' || persona as customer, card_token || '_' || persona as card,
      case when device_id like 'dev_shared%' then device_id else device_id || '_' || persona end as device
    from drawn where at < $4::timestamptz order by at
  )`;

/**
 * One week of decided payments: $1 its number, $2 how many, $3 its Monday, $4 the moment that the database is of, $5
 * who decided, $6 who scored in shadow or null.
 */
export const weekSql = `
  with ${drawnSql}, paid as (
    insert into transaction (id, occurred_at, received_at, amount_minor, currency, customer_id, merchant_id, card_token,
      device_id, ip, merchant_category, channel, country, latitude, longitude, attributes, request_hash, origin)
    select id, at, at, amount_minor, currency, customer, merchant_id, card, device, ip, merchant_category, channel,
      country, latitude, longitude, attributes, '\\x'::bytea, 'api' from placed order by at
  )
  insert into decision (transaction_id, occurred_at, scored_at, outcome, score, failure, model_version_id,
    policy_version_id, rule_set_version_id, list_revision, feature_set_version, features, reasons, rules,
    challenger_version_id, challenger_score, propensity, exploration, expected_loss_minor, amount_minor, currency,
    response, origin)
  select id, at, at, outcome, score, failure, $5::text, policy_version_id, rule_set_version_id, list_revision,
    feature_set_version, features, reasons, rules, $6::text, case when $6::text is not null then challenger_score end,
    propensity, exploration, expected_loss_minor, amount_minor, currency,
    replace(response, transaction_id, id), 'live' from placed order by at`;

/**
 * What the world said of approved payments, and analysts of the cases that they closed, in the order in which it was
 * recorded: $1 is the moment that the database is of.
 */
export const labelsSql = `
  with said as (
    select t.id, p.label, p.label_source as source, t.occurred_at, t.occurred_at + p.label_delay as recorded_at
    from bench_pool p join transaction t on split_part(t.id, '_', 3)::int = p.n
      join decision d on d.transaction_id = t.id
    where p.label is not null and d.outcome = 'approve'
    union all
    select transaction_id, disposition, 'analyst', closed_at, closed_at from "case"
    where disposition in ('fraud', 'legitimate')
  ), recorded as (
    insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
    select id, label, source, occurred_at, recorded_at, 'system' from said
    where recorded_at <= $1::timestamptz order by recorded_at
    returning *
  )
  insert into effective_label (transaction_id, label, source, label_seq, recorded_at, occurred_at)
  select r.transaction_id, r.label, r.source, r.seq, r.recorded_at, t.occurred_at
  from recorded r join transaction t on t.id = r.transaction_id`;
