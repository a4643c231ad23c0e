/** The client of CloudWatch Logs. Nobody imports this file but to send: it takes time to load. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { clientOptions } from '../config/aws/client-options.ts';
import type { Environment } from '../config/variables.ts';
import type { LogEvent } from './event.ts';
import type { LogPlace, LogService } from './sender.ts';

/** The sender waits and tries again itself, for as long as there is time. */
const ATTEMPTS = 1;

export function logService(place: LogPlace, variables: Environment): LogService {
  const client = new CloudWatchLogsClient(clientOptions('CLOUDWATCH_LOGS', variables, ATTEMPTS));
  const { group: logGroupName, stream: logStreamName, retentionDays: retentionInDays } = place;
  return {
    async open(abortSignal) {
      await unlessThere(client.send(new CreateLogGroupCommand({ logGroupName }), { abortSignal }));
      if (retentionInDays !== null)
        await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }), { abortSignal });
      await unlessThere(client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }), { abortSignal }));
    },
    async put(logEvents: LogEvent[], abortSignal) {
      const command = new PutLogEventsCommand({ logGroupName, logStreamName, logEvents });
      const { rejectedLogEventsInfo } = await client.send(command, { abortSignal });
      return rejectedLogEventsInfo === undefined;
    },
    close: () => client.destroy(),
  };
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error;
  }
}
