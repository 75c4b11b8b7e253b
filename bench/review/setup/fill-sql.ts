import { defaultFeatureSet } from "#ml/features/default-set.ts";

/**
 * Payments, drawn by PostgreSQL from its seeded generator: $1 and $2 are the first and last number of the rows, $3 the
 * moment that the database is of, $4 how many there will be. Customers, merchants and amounts are skewed as a shop's.
 */
export const paymentsSql = `
  insert into transaction (id, occurred_at, received_at, amount_minor, currency, customer_id, merchant_id, card_token,
    device_id, ip, merchant_category, channel, country, latitude, longitude, attributes, request_hash, origin)
  select 'pay_' || i, at, at, least(5000000, 100 + exp(3.6 + 1.2 * normal) * 100)::bigint,
    (array['EUR','EUR','EUR','EUR','EUR','EUR','EUR','USD','USD','GBP'])[1 + i % 10],
    'cus_' || customer, 'mer_' || floor(greatest(30, $4::float8 / 330) * power(merchant, 2))::int,
    'card_' || customer || case when card < 0.8 then 'a' else 'b' end,
    case when card < 0.97 then 'dev_' || customer else 'dev_shared_' || (i % 200) end,
    '10.' || (customer / 65536) % 256 || '.' || (customer / 256) % 256 || '.' || customer / 8 % 32,
    (array['5732','5411','5812','7995','4829','5999'])[1 + i % 6],
    (array['ecommerce','ecommerce','ecommerce','card_present','transfer'])[1 + i % 5],
    (array['DE','DE','DE','FR','NL','ES','IT','GB','US'])[1 + i % 9], 52.5, 13.4, '{}',
    sha256(i::text::bytea), 'simulation'
  from (
    select i, floor(greatest(100, $4::float8 / 50) * power(random(), 1.3))::int as customer, random() as merchant,
      random() as card, random_normal() as normal,
      $3::timestamptz - interval '90 days' * (1 - i / $4::float8) as at
    from generate_series($1::int, $2::int) as i
  ) drawn`;

const FEATURE_BYTES = defaultFeatureSet.definitions.length * 8;

const reasonsSql = `'[{"code":"amount_z","text":"€1,299.00 here; usually €20 to €80","contribution":1.42},
  {"code":"device_cards_1d","text":"4 cards on this device in the last day","contribution":0.9},
  {"code":"merchant_fraud_rate_7d","text":"3 of this merchant''s last 40 payments were fraud","contribution":0.6}]'`;

/** Decisions on the payments from number $1 to $2, by the policy $3: every third went to review, where cases come from. */
export const decisionsSql = `
  insert into decision (transaction_id, occurred_at, scored_at, outcome, score, policy_version_id, feature_set_version,
    features, reasons, rules, propensity, expected_loss_minor, amount_minor, currency, response, origin)
  select t.id, t.occurred_at, t.occurred_at, case when i % 3 = 0 then 'review' when i % 100 = 1 then 'decline'
      else 'approve' end,
    score, $3, '${defaultFeatureSet.version}', decode(repeat('00', ${FEATURE_BYTES}), 'hex'),
    case when i % 3 = 0 then ${reasonsSql}::jsonb else '[]'::jsonb end,
    case when i % 30 = 0 then '[{"id":"r1","name":"Many cards on a device","outcome":"review"}]'::jsonb
      else '[]'::jsonb end,
    1, (t.amount_minor * score)::bigint, t.amount_minor, t.currency, '{}', 'live'
  from (select i, power(random(), case when i % 3 = 0 then 1.5 else 12 end) as score
        from generate_series($1::int, $2::int) as i) drawn
  join transaction t on t.id = 'pay_' || i`;

/** Labels of the payments from number $1 to $2 that were older than a month at $3: one in two hundred is a fraud. */
export const labelsSql = `
  with recorded as (
    insert into label (transaction_id, label, source, occurred_at, recorded_at, actor_kind)
    select t.id, case when i % 200 = 0 then 'fraud' else 'legitimate' end,
      case when i % 200 = 0 then 'chargeback' else 'analyst' end, t.occurred_at + interval '20 days',
      t.occurred_at + interval '20 days', 'system'
    from generate_series($1::int, $2::int) as i join transaction t on t.id = 'pay_' || i
    where (i % 200 = 0 or i % 21 = 0) and t.occurred_at < $3::timestamptz - interval '30 days'
    returning *
  )
  insert into effective_label (transaction_id, label, source, label_seq, recorded_at, occurred_at)
  select r.transaction_id, r.label, r.source, r.seq, r.recorded_at, t.occurred_at
  from recorded r join transaction t on t.id = r.transaction_id`;
