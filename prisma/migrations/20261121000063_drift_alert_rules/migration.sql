-- Alerts of drift have rules of their own. The one rule on any figure outside what is usual, which chance fires every
-- few weeks, ends where nobody has changed it.
UPDATE "alert" SET "resolved_at" = now()
WHERE "resolved_at" IS NULL AND "rule_id" IN (SELECT "id" FROM "alert_rule" WHERE "key" = 'drift' AND "version" = 1);
UPDATE "alert_rule" SET "enabled" = false WHERE "key" = 'drift' AND "version" = 1;
