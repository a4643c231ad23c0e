/** What a publish asks of a bucket, request by request, and how a request is recognized on its way. */
import type { S3Request } from './s3-proxy.ts';

/** In order: the run's own objects, the day, the current manifest, and the staging that goes. */
export const PUBLISH_REQUESTS = [
  'HEAD run manifest',
  'HEAD data',
  'GET current manifest',
  'PUT staging',
  'PUT staging',
  'PUT quarantine',
  'PUT run manifest',
  'HEAD data',
  'POST data, begin',
  'PUT data, part',
  'POST data, complete',
  'GET run manifest',
  'HEAD current manifest',
  'HEAD data',
  'PUT current manifest',
  'GET list',
  'POST delete',
] as const;

/** Counted from 1, as the proxy counts. */
export const COMPLETE = PUBLISH_REQUESTS.indexOf('POST data, complete') + 1;
/** The look just before it. */
export const LOOK = PUBLISH_REQUESTS.lastIndexOf('HEAD data', COMPLETE - 1) + 1;

const BY_QUERY: readonly (readonly [RegExp, string])[] = [
  [/uploads=/, 'data, begin'],
  [/partNumber=/, 'data, part'],
  [/uploadId=/, 'data, complete'],
  [/list-type/, 'list'],
  [/delete=/, 'delete'],
];
const BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/_staging/, 'staging'],
  [/quarantine/, 'quarantine'],
  [/manifests\/dataload\/\d+\/\d+\/\d+\.json$/, 'current manifest'],
  [/manifests/, 'run manifest'],
  [/recipes/, 'data'],
];

export function requestName({ method, path, query }: S3Request): string {
  const byQuery = BY_QUERY.find(([pattern]) => pattern.test(query));
  const byPath = BY_PATH.find(([pattern]) => pattern.test(path));
  return `${method} ${(byQuery ?? byPath)?.[1]}`;
}

export const isComplete = (request: S3Request): boolean => requestName(request) === 'POST data, complete';
