/** What others need to speak to Kafka as dataload does; nothing here knows Spark. */
export { clientOptions } from './client-options.ts';
export { onceWithin, retryWithin } from './time-limit.ts';
export { Topic } from './broker-topic.ts';
