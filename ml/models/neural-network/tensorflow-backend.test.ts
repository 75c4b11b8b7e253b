import { expect, test } from "vitest";
import { loadTensorFlow, start, tensorFlowBackends } from "./tensorflow-backend.ts";

test("a backend starts here, the first that can, and only once", async () => {
  const tf = await loadTensorFlow();
  expect(tensorFlowBackends).toContain(tf.backend);
  expect(tf.core.getBackend()).toBe(tf.backend);
  expect(tf.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(await loadTensorFlow()).toBe(tf);
});

test("a backend that cannot start gives way to the next", async () => {
  const tf = await start(["tensorflow", "cpu"]);
  expect(["tensorflow", "cpu"]).toContain(tf.backend);
});

test("when nothing starts the error says what was tried", async () => {
  await expect(start([])).rejects.toThrow("no TensorFlow.js backend starts here");
});
