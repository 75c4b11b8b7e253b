import { readEnvironment } from "#server/env.ts";
import {
  ChangeEndpointInput,
  CreateEndpointInput,
  changeEndpoint,
  createEndpoint,
  ListDeliveriesInput,
  listDeliveries,
  listEndpoints,
  ResendInput,
  RotateSecretInput,
  resendDelivery,
  rotateSecret,
  type TargetRules,
} from "#server/services/webhook/index.ts";
import { permitted, router } from "../trpc.ts";

const manage = permitted("key:manage");
const rules = (): TargetRules => ({ allowPrivate: readEnvironment().WEBHOOKS_ALLOW_PRIVATE });

export const webhookRouter = router({
  list: manage.query(({ ctx }) => listEndpoints(ctx)),
  create: manage.input(CreateEndpointInput).mutation(({ ctx, input }) => createEndpoint(ctx, input, rules())),
  change: manage.input(ChangeEndpointInput).mutation(({ ctx, input }) => changeEndpoint(ctx, input, rules())),
  rotateSecret: manage.input(RotateSecretInput).mutation(({ ctx, input }) => rotateSecret(ctx, input)),
  deliveries: manage.input(ListDeliveriesInput).query(({ ctx, input }) => listDeliveries(ctx, input)),
  resend: manage.input(ResendInput).mutation(({ ctx, input }) => resendDelivery(ctx, input)),
});
