import type { Permission } from "#server/domain/permission.ts";

/**
 * Who may call what: every tRPC procedure with the permission that it asks for, so that roles × procedures can be read
 * in one place (which role holds which permission is in `permissionsOfRole`). "public" is for anyone, signed in or not.
 */
export const procedurePermissions: Readonly<Record<string, Permission | "public">> = {
  "alert.acknowledge": "policy:write",
  "alert.changeRule": "policy:write",
  "alert.count": "analytics:read",
  "alert.createRule": "policy:write",
  "alert.list": "analytics:read",
  "alert.resolve": "policy:write",
  "alert.retrain": "model:train",
  "alert.rules": "analytics:read",
  "alert.silence": "policy:write",

  "apiKey.create": "key:manage",
  "apiKey.list": "key:manage",
  "apiKey.revoke": "key:manage",

  "approval.answer": "approval:answer",
  "approval.byId": "approval:ask",
  "approval.list": "approval:ask",
  "approval.pendingOf": "case:read",
  "approval.toAnswer": "approval:ask",
  "approval.withdraw": "approval:ask",

  "audit.list": "audit:read",

  "case.addFile": "case:work",
  "case.addNote": "case:work",
  "case.assign": "case:work",
  "case.bulkExecute": "case:bulk",
  "case.bulkPreview": "case:bulk",
  "case.bulkUndo": "case:bulk",
  "case.byId": "case:read",
  "case.changesSince": "case:read",
  "case.claim": "case:work",
  "case.close": "case:work",
  "case.counts": "case:read",
  "case.escalate": "case:work",
  "case.export": "case:read",
  "case.file": "case:read",
  "case.files": "case:read",
  "case.hold": "case:work",
  "case.linkedEntities": "case:read",
  "case.linkedPayments": "case:read",
  "case.list": "case:read",
  "case.mentions": "case:read",
  "case.next": "case:work",
  "case.paymentPoints": "case:read",
  "case.peekNext": "case:work",
  "case.people": "case:read",
  "case.readMentions": "case:read",
  "case.release": "case:work",
  "case.reopen": "case:work",
  "case.resume": "case:work",
  "case.rows": "case:read",
  "case.setTags": "case:work",
  "case.similar": "case:read",
  "case.snooze": "case:work",

  "cost.read": "analytics:read",

  "drift.read": "analytics:read",
  "drift.feature": "analytics:read",

  "label.record": "label:record",

  "list.add": "list:write",
  "list.entries": "rule:read",
  "list.remove": "list:write",

  "model.byId": "model:read",
  "model.byNumber": "model:read",
  "model.featureSet": "model:read",
  "model.list": "model:read",
  "model.promote": "model:promote",
  "model.rollback": "model:promote",
  "model.shadowAgreement": "model:read",
  "model.startShadow": "model:promote",
  "model.stopShadow": "model:promote",

  "overview.now": "analytics:read",

  "performance.calibration": "analytics:read",
  "performance.overTime": "analytics:read",
  "performance.read": "analytics:read",
  "performance.segments": "analytics:read",

  "policy.activate": "policy:write",
  "policy.active": "policy:read",
  "policy.discardDraft": "policy:write",
  "policy.list": "policy:read",
  "policy.rollBack": "policy:write",
  "policy.saveDraft": "policy:write",
  "policy.simulate": "analytics:read",

  "queue.archive": "queue:write",
  "queue.create": "queue:write",
  "queue.list": "case:read",
  "queue.names": "case:read",
  "queue.reorder": "queue:write",
  "queue.update": "queue:write",

  "reviewQuality.labelArrival": "review:quality",
  "reviewQuality.learningCurve": "review:quality",
  "reviewQuality.overruled": "review:own_quality",
  "reviewQuality.read": "review:own_quality",

  "reviewSettings.get": "case:read",
  "reviewSettings.set": "review:settings",

  "rule.activate": "rule:write",
  "rule.discardDraft": "rule:write",
  "rule.features": "rule:read",
  "rule.hits": "rule:read",
  "rule.inForce": "rule:read",
  "rule.saveDraft": "rule:write",
  "rule.test": "rule:read",

  "savedView.change": "case:read",
  "savedView.delete": "case:read",
  "savedView.list": "case:read",
  "savedView.save": "case:read",

  "secondReview.answer": "second_review:work",
  "secondReview.desk": "second_review:work",
  "secondReview.take": "second_review:work",

  "session.me": "public",

  "training.cancel": "model:train",
  "training.current": "model:read",
  "training.list": "model:read",
  "training.start": "model:train",

  "transaction.byId": "transaction:read",
  "transaction.detail": "transaction:read",
  "transaction.list": "transaction:read",
  "transaction.replay": "model:read",
  "transaction.score": "transaction:score",
  "transaction.scoreBatch": "transaction:score",

  "user.changeRole": "user:manage",
  "user.disable": "user:manage",
  "user.list": "user:manage",
  "user.setCapacity": "queue:write",
  "user.setTimeOff": "case:work",
  "user.workers": "case:read",

  "webhook.change": "key:manage",
  "webhook.create": "key:manage",
  "webhook.deliveries": "key:manage",
  "webhook.list": "key:manage",
  "webhook.resend": "key:manage",
  "webhook.rotateSecret": "key:manage",
};
