/** Requests as bytes, for whoever calls a server without a client: the length that gRPC puts before a message, and the message. */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  ConfigRequestSchema,
  ExecutePlanRequestSchema,
  ReleaseSessionRequestSchema,
} from '../src/gen/spark/connect/base_pb.js';
import type { Plan, PlanMessage } from '../src/plan/plan.ts';

/** One session for all of them, so that the last may end it. */
const CALLER = {
  sessionId: '77617261-6d2d-4775-8000-000000000000',
  userContext: { userId: 'warm-up', userName: 'warm-up' },
  clientType: 'warm-up',
};

/** @returns body of an ExecutePlan call */
export const executePlanMessage = (plan: Plan): Uint8Array =>
  framed(
    toBinary(ExecutePlanRequestSchema, create(ExecutePlanRequestSchema, { ...CALLER, plan: plan as PlanMessage })),
  );

/** @returns body of a Config call that sets the confs */
export function configMessage(confs: Readonly<Record<string, string>>): Uint8Array {
  const pairs = Object.entries(confs).map(([key, value]) => ({ key, value }));
  const operation = { opType: { case: 'set', value: { pairs } } } as const;
  return framed(toBinary(ConfigRequestSchema, create(ConfigRequestSchema, { ...CALLER, operation })));
}

/** @returns body of a ReleaseSession call */
export const releaseSessionMessage = (): Uint8Array =>
  framed(toBinary(ReleaseSessionRequestSchema, create(ReleaseSessionRequestSchema, CALLER)));

function framed(message: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  return frame;
}
