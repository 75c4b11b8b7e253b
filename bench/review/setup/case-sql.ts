/** How many cases the race is about: they lie in a queue of their own. */
export const RACE_QUEUE = "queue_race";

/** Queues in the order in which they are tried, with their share of the cases (General takes the rest). */
export const benchQueues = [
  { id: RACE_QUEUE, name: "Race", slaMinutes: null, share: 0 },
  { id: "queue_testing", name: "Card testing", slaMinutes: 60, share: 0.08 },
  { id: "queue_high", name: "High amounts", slaMinutes: 240, share: 0.14 },
  { id: "queue_transfers", name: "Transfers", slaMinutes: 480, share: 0.2 },
  { id: "queue_shops", name: "Shops", slaMinutes: 1_440, share: 0.3 },
] as const;

const queueSql = (() => {
  let below = 0;
  const arms = benchQueues.slice(1).map(({ id, share }) => {
    below += share;
    return `when which < ${below.toFixed(2)} then '${id}'`;
  });
  return `case ${arms.join(" ")} else '00000000-0000-7000-8000-000000000001' end`;
})();

const slaSql = `case queue_id ${benchQueues
  .flatMap(({ id, slaMinutes }) =>
    slaMinutes === null ? [] : [`when '${id}' then interval '${slaMinutes} minutes'`],
  )
  .join(" ")} end`;

/**
 * Open cases of the payments of the last month that went to review: $1 is the moment that the database is of, $2 how
 * many, $3 the ids of the analysts, $4 how many of them are the race's. Three in ten are assigned, some are claimed, put off or held; one in ten is masked, one
 * in eight tagged, and one in a hundred was not scored.
 */
export const openCasesSql = `
  insert into "case" (id, transaction_id, status, origin, queue_id, routed_at, due_at, rank_minor, masked, owner_id,
    escalated_at, held_at, card_token, tags, opened_at, expected_loss_minor, amount_minor, currency, score, top_reason,
    customer_id, merchant_id, assignee_id, claimed_until, snoozed_until, version)
  select uuidv7(occurred_at - now())::text, transaction_id, 'open', origin, queue_id, occurred_at,
    occurred_at + ${slaSql}, case when origin = 'model_unavailable' then amount_minor else expected end, masked,
    case when n > $4 and owned < 0.3 then analyst end,
    case when n > $4 and touched between 0.95 and 0.96 then occurred_at end,
    case when n > $4 and touched between 0.96 and 0.97 then occurred_at end, card_token,
    case when n % 8 = 0 then array[(array['vip','repeat','mule','friendly','bot'])[1 + n % 5]] else '{}'::text[] end,
    occurred_at, expected, amount_minor, currency, case when origin <> 'model_unavailable' then score end,
    case when origin <> 'model_unavailable' then '3 of this merchant''s last 40 payments were fraud' end,
    customer_id, merchant_id, case when n > $4 and touched > 0.98 then analyst end,
    case when n > $4 and touched > 0.98 then $1::timestamptz + interval '20 minutes' end,
    case when n > $4 and touched < 0.03 then $1::timestamptz + interval '8 hours' end, 1
  from (
    select *, case when n <= $4 then '${RACE_QUEUE}' else ${queueSql} end as queue_id,
      case when n % 100 = 0 then 'model_unavailable' when n % 9 = 0 then 'exploration' when n % 11 = 0 then 'rule'
        else 'policy' end as origin,
      n % 10 = 0 or n % 9 = 0 as masked, ($3::text[])[1 + floor(who * cardinality($3::text[]))::int] as analyst
    from (
      select d.transaction_id, t.occurred_at, t.amount_minor, t.currency, t.customer_id, t.merchant_id, t.card_token,
        d.score, d.expected_loss_minor as expected, d.which, d.owned, d.touched, d.who,
        (row_number() over (order by d.place))::int as n
      from (
        -- drawn before anything is ordered: PostgreSQL takes all random() beside an "order by random()" for one
        select *, random() as place, random() as which, random() as owned, random() as touched, random() as who
        from (select * from decision where outcome = 'review' order by occurred_at desc limit $2::int) latest
      ) d
      join transaction t on t.id = d.transaction_id
    ) drawn
  ) shaped`;

/** Says of the decisions of explored cases which kind of draw it was, one in three by active learning. */
export const explorationSql = `
  update decision d set propensity = 0.02,
    exploration = case when c.number / 9 % 3 = 0 then 'active_learning' else 'approve_to_review' end
  from "case" c where c.transaction_id = d.transaction_id and c.origin = 'exploration'`;

/** Closed cases of the older payments that went to review: $1 is the moment that the database is of, $2 the analysts' ids. */
export const closedCasesSql = `
  insert into "case" (id, transaction_id, status, origin, queue_id, routed_at, rank_minor, card_token, tags, opened_at,
    expected_loss_minor, amount_minor, currency, score, top_reason, customer_id, merchant_id, disposition, closed_at,
    closed_by_id, version)
  select uuidv7(t.occurred_at - now())::text, t.id, 'closed', 'policy', 'queue_shops', t.occurred_at,
    d.expected_loss_minor, t.card_token, '{}', t.occurred_at, d.expected_loss_minor, t.amount_minor, t.currency,
    d.score, '3 of this merchant''s last 40 payments were fraud', t.customer_id, t.merchant_id,
    case when random() < d.score then 'fraud' when random() < 0.05 then 'not_sure' else 'legitimate' end,
    t.occurred_at + interval '1 day' * random(),
    ($2::text[])[1 + floor(random() * cardinality($2::text[]))::int], 3
  from decision d join transaction t on t.id = d.transaction_id
  where d.outcome = 'review' and t.occurred_at < $1::timestamptz
    and not exists (select from "case" c where c.transaction_id = t.id)`;

/** What timelines tell: every case was opened and routed, most closed ones claimed and closed, some have notes. */
export const eventsSql = `
  insert into case_event (case_id, at, kind, actor_id, body)
  select c.id, c.opened_at, kind, case when kind in ('claimed', 'closed', 'note') then c.closed_by_id end, '{}'
  from "case" c cross join unnest(array['opened', 'routed', 'claimed', 'note', 'closed']) as kind
  where kind in ('opened', 'routed') or c.status = 'closed' and (kind <> 'note' or c.number % 4 = 0)`;
