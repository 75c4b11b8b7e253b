import {
  AlertRef,
  acknowledgeAlert,
  ChangeAlertRuleInput,
  CreateAlertRuleInput,
  changeAlertRule,
  countAlerts,
  createAlertRule,
  ListAlertsInput,
  listAlertRules,
  listAlerts,
  resolveAlert,
  retrainFromAlert,
  SilenceInput,
  silenceAlert,
} from "#server/services/alert/index.ts";
import { permitted, router } from "../trpc.ts";

const read = permitted("analytics:read");
const write = permitted("policy:write");

export const alertRouter = router({
  list: read.input(ListAlertsInput).query(({ ctx, input }) => listAlerts(ctx, input)),
  count: read.query(({ ctx }) => countAlerts(ctx)),
  acknowledge: write.input(AlertRef).mutation(({ ctx, input }) => acknowledgeAlert(ctx, input)),
  silence: write.input(SilenceInput).mutation(({ ctx, input }) => silenceAlert(ctx, input)),
  resolve: write.input(AlertRef).mutation(({ ctx, input }) => resolveAlert(ctx, input)),
  retrain: permitted("model:train")
    .input(AlertRef)
    .mutation(({ ctx, input }) => retrainFromAlert(ctx, input)),
  rules: read.query(({ ctx }) => listAlertRules(ctx)),
  createRule: write.input(CreateAlertRuleInput).mutation(({ ctx, input }) => createAlertRule(ctx, input)),
  changeRule: write.input(ChangeAlertRuleInput).mutation(({ ctx, input }) => changeAlertRule(ctx, input)),
});
