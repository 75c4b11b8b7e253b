-- CreateTable
CREATE TABLE "label_withdrawal" (
    "label_seq" BIGINT NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,

    CONSTRAINT "label_withdrawal_pkey" PRIMARY KEY ("label_seq")
);

-- CreateIndex
CREATE INDEX "transaction_ip_occurred_at_idx" ON "transaction"("ip", "occurred_at" DESC);

-- AddForeignKey
ALTER TABLE "label_withdrawal" ADD CONSTRAINT "label_withdrawal_label_seq_fkey" FOREIGN KEY ("label_seq") REFERENCES "label"("seq") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER label_withdrawal_append_only BEFORE UPDATE OR DELETE ON "label_withdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
