-- Events are handed to endpoints as deliveries with attempts of their own, and rules raise alerts.
ALTER TABLE "outbox_event" DROP COLUMN "attempts";
ALTER TABLE "outbox_event" ADD COLUMN "endpoints" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "webhook_endpoint" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "event_types" TEXT[],
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_secret_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_because" TEXT,
    "failing_since" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_delivery" (
    "id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "last_attempt_at" TIMESTAMPTZ(3),
    "response_code" INTEGER,
    "error" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "webhook_delivery_event_id_endpoint_id_key" ON "webhook_delivery"("event_id", "endpoint_id");
CREATE INDEX "webhook_delivery_endpoint_id_created_at_idx" ON "webhook_delivery"("endpoint_id", "created_at" DESC);
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at" DESC);
CREATE INDEX "webhook_delivery_status_endpoint_id_next_attempt_at_idx" ON "webhook_delivery"("status", "endpoint_id", "next_attempt_at");
CREATE INDEX "webhook_delivery_ended_at_idx" ON "webhook_delivery"("ended_at");
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "outbox_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "alert_rule" (
    "id" TEXT NOT NULL,
    "key" TEXT,
    "body" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "alert_rule_key_key" ON "alert_rule"("key");

CREATE TABLE "alert" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "rule_id" TEXT,
    "subject" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "says" TEXT NOT NULL,
    "link" TEXT NOT NULL,
    "evidence" JSONB,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "raised" INTEGER NOT NULL DEFAULT 1,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by_id" TEXT,
    "silenced_until" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" TEXT,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "alert_number_key" ON "alert"("number");
CREATE INDEX "alert_subject_opened_at_idx" ON "alert"("subject", "opened_at" DESC);
CREATE INDEX "alert_resolved_at_opened_at_idx" ON "alert"("resolved_at", "opened_at" DESC);
CREATE UNIQUE INDEX "alert_one_unresolved" ON "alert"("subject") WHERE "resolved_at" IS NULL;
ALTER TABLE "alert" ADD CONSTRAINT "alert_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "alert_rule"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "alert" ADD CONSTRAINT "alert_acknowledged_by_id_fkey" FOREIGN KEY ("acknowledged_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "alert" ADD CONSTRAINT "alert_resolved_by_id_fkey" FOREIGN KEY ("resolved_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
