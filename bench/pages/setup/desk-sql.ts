/** What verdicts took. */
const caseWorkSql = `
  insert into case_work (case_id, user_id, at, disposition, seconds, keystrokes, clicks)
  select id, closed_by_id, closed_at, disposition, 10 + 90 * random(), 3, 1 from "case" where status = 'closed'
  order by closed_at`;

/** One closed case in twenty was looked at again, all but the newest answered. */
const secondReviewsSql = `
  insert into second_review (id, case_id, sampled_at, propensity, first_reviewer_id, first_disposition, reviewer_id,
    disposition, reviewed_at)
  select 'second_' || number, id, closed_at, 0.05, closed_by_id, disposition,
    case when is_old then 'lead_1' end, case when is_old then case when random() < 0.9 then disposition else 'fraud' end end,
    case when is_old then closed_at + interval '2 hours' end
  from (select *, closed_at < $1::timestamptz - interval '2 days' as is_old from "case" where status = 'closed') c
  where number % 20 = 0`;

/** Two years of other people's work. */
const auditSql = `
  insert into audit_event (at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, before, after)
  select closed_at, 'user', closed_by_id, closed_by_id, 'case.close', 'case', id, '{"status": "open"}',
    jsonb_build_object('status', 'closed', 'disposition', disposition)
  from "case" where status = 'closed' order by closed_at`;

const approvalsSql = `
  insert into approval (id, kind, subject_type, subject_id, payload, because, status, requested_at, requested_by_id,
    answered_at, answered_by_id)
  select 'approval_' || n, 'list.add', 'list_entry', 'customer_' || n,
    jsonb_build_object('list', 'block', 'kind', 'customer', 'value', 'cus_' || n, 'reason', 'seen', 'expiresAt', null),
    'Block lists need a second person.', case when n <= 10 then 'pending' else 'approved' end,
    $1::timestamptz - n * interval '1 day', 'analyst_1', case when n > 10 then $1::timestamptz - n * interval '23 hours' end,
    case when n > 10 then 'lead_1' end
  from generate_series(1, 400) as n`;

const alertsSql = `
  insert into alert (id, subject, severity, title, says, link, opened_at, last_seen_at, resolved_at)
  select 'alert_' || n, 'bench:' || n, 'warning', 'Reviews half up on a week ago', 'Share sent to review is 4.1 %.',
    '/transactions', $1::timestamptz - n * interval '1 day', $1::timestamptz - n * interval '1 day',
    case when n > 20 then $1::timestamptz - n * interval '20 hours' end
  from generate_series(1, 500) as n`;

/** Written after the cases; $1 of each that takes it is the moment that the database is of. */
export const deskSql: readonly { readonly text: string; readonly takesMoment: boolean }[] = [
  { text: caseWorkSql, takesMoment: false },
  { text: secondReviewsSql, takesMoment: true },
  { text: auditSql, takesMoment: false },
  { text: approvalsSql, takesMoment: true },
  { text: alertsSql, takesMoment: true },
];
