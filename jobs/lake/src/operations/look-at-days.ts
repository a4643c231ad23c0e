/** Looks at each day of a lake: what landed, what is published, what was rejected. */
import { readPublishedDay, type Day } from '../publish/published-day.ts';
import { isRejected, manifestsRoot, reportRoot, type StepName } from '../layout.ts';
import { LakeError } from '../failure.ts';
import { chooseFiles } from '../input-files.ts';
import { hasEnded, type LogicalDate, daysBetween } from '../logical-date.ts';
import { parseManifest } from '../publish/manifest.ts';
import { newestFirst } from '../publish/newest-first.ts';
import type { FolderListing, ListedObject } from '../stores/store.ts';
import type { FoundData, FoundDay, Landed, LandedKafka, RejectedRun } from './day-status.ts';
import { type DateRange, findDays } from './find-days.ts';
import { landingChanges, type LandingNow } from './landing-changes.ts';
import { dataDay, dayOf, landingDay, reportDay, type LakeContext } from './context.ts';

/** Days that are looked at side by side. */
const AT_ONCE = 8;
/** Of more rejected runs of a day only the newest are read. */
const MAX_REJECTED = 3;

/**
 * A day of which nothing lies in the lake is not looked at, however many of them a range holds.
 *
 * @returns the days of the range, the oldest first; an open end reaches as far as anything lies in the lake
 */
export async function lookAtDays(context: LakeContext, range: DateRange): Promise<FoundDay[]> {
  const { lake, output, layout, reports, now, signal } = context;
  const { landing, table } = layout.roots;
  const found = await findDays(lake, [landing, table, ...auditedSteps(context).map(manifestsRoot)], range);
  const [first, last] = [range.from ?? found[0], range.to ?? found.at(-1)];
  if (first === undefined || last === undefined || first.iso > last.iso) return [];
  const days = daysBetween(first, last).filter((day) => hasEnded(day, now) || found.some(({ iso }) => iso === day.iso));
  // A report may have been put there by something else, which keeps no manifests.
  const reported = await findDays(output, reports.map(reportRoot), { from: first, to: last });
  const known = new Set([...found, ...reported].map(({ iso }) => iso));
  const look = async (date: LogicalDate): Promise<FoundDay> =>
    known.has(date.iso) ? lookAt(context, date) : nothingOf(context, date);
  const looked: FoundDay[] = [];
  for (let start = 0; start < days.length; start += AT_ONCE) {
    signal.throwIfAborted();
    looked.push(...(await Promise.all(days.slice(start, start + AT_ONCE).map(look))));
  }
  return looked;
}

function nothingOf({ reports }: LakeContext, { iso: date }: LogicalDate): FoundDay {
  return {
    date,
    landed: undefined,
    landingProblem: undefined,
    landingChanges: [],
    landedKafka: undefined,
    table: undefined,
    reports: reports.map((report) => ({ ...report, data: undefined })),
    rejected: [],
  };
}

/** @returns the range from the first of so many newest days on that were published or refused; undefined where there is none */
export async function newestDays({ lake, layout }: LakeContext, days: number): Promise<DateRange | undefined> {
  const [from] = (await findDays(lake, [layout.roots.table, manifestsRoot('dataload')])).slice(-days);
  return from === undefined ? undefined : { from };
}

async function lookAt(context: LakeContext, date: LogicalDate): Promise<FoundDay> {
  const [landing, table, reports, rejectedOfSteps] = await Promise.all([
    lookAtLanding(context, date),
    lookAtData(dataDay(context, date)),
    Promise.all(
      context.reports.map(async (report) => ({ ...report, data: await lookAtData(reportDay(context, report, date)) })),
    ),
    Promise.all(
      auditedSteps(context).map(async (job) =>
        (await rejectedRuns(dayOf(context, job, date))).map((run) => ({ job, ...run })),
      ),
    ),
  ]);
  const rejected = rejectedOfSteps.flat().toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const { landed, landingProblem, now } = landing;
  const landedKafka = landed?.hasKafka === true ? await lookAtLandedKafka(context, date) : undefined;
  const changes = table?.manifest === undefined ? [] : landingChanges(table.manifest.input, now);
  return { date: date.iso, landed, landingProblem, landingChanges: changes, landedKafka, table, reports, rejected };
}

/** The steps whose runs the audit may reject. */
const auditedSteps = ({ reports }: LakeContext): StepName[] => ['dataload', ...reports.map(({ step }) => step)];

async function lookAtLandedKafka(context: LakeContext, date: LogicalDate): Promise<LandedKafka | undefined> {
  const { manifest } = await readPublishedDay(landingDay(context, date));
  if (manifest === undefined) return undefined;
  return { runId: manifest.runId, rows: manifest.staged.rows, input: manifest.input };
}

async function lookAtLanding(
  { lake, layout }: LakeContext,
  date: LogicalDate,
): Promise<Pick<FoundDay, 'landed' | 'landingProblem'> & { readonly now: LandingNow }> {
  const key = layout.landing(date);
  const folder = lake.url(key);
  const kafka = layout.landedKafka(date).slice(key.length + 1);
  const nothing = { landed: undefined, landingProblem: undefined, now: { folder, key, files: undefined } };
  let listing: FolderListing | undefined;
  try {
    listing = await lake.listFolder(key);
    if (listing === undefined) return nothing;
    const { files } = chooseFiles(listing, folder);
    return { landed: landedOf(files, listing, kafka), landingProblem: undefined, now: { folder, key, files } };
  } catch (error) {
    if (!(error instanceof LakeError) || error.exitCode !== 2) throw error;
    const landed = listing === undefined ? undefined : landedOf(listing.objects, listing, kafka);
    return { ...nothing, landed, landingProblem: error.message };
  }
}

/** @param kafka name of what landed from Kafka */
function landedOf(files: readonly ListedObject[], listing: FolderListing, kafka: string): Landed | undefined {
  const hasKafka = [...listing.objects.map(({ key }) => key), ...listing.folders].includes(kafka);
  if (files.length === 0 && !hasKafka) return undefined;
  return { files: files.length, sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0), hasKafka };
}

async function lookAtData(day: Day): Promise<FoundData | undefined> {
  const currentKey = day.layout.currentManifest(day.job, day.date);
  const before = await hashNamedBy(day, currentKey);
  const { data, manifest } = await readPublishedDay(day);
  if (data === undefined) return undefined;
  const isHealed =
    manifest !== undefined && before !== data.sha256 && (await hashNamedBy(day, currentKey)) === data.sha256;
  const { sizeBytes, sha256 } = data;
  return { sizeBytes, sha256, publishedAt: await publishTime(day), manifest, isHealed };
}

async function hashNamedBy(day: Day, key: string): Promise<string | undefined> {
  const content = await day.lake.get(key);
  const parsed = content === undefined ? undefined : parseManifest(content);
  return parsed !== undefined && 'manifest' in parsed ? parsed.manifest.staged.sha256 : undefined;
}

async function publishTime({ target, dataKey }: Day): Promise<Date> {
  const slash = dataKey.lastIndexOf('/');
  const listing = await target.listFolder(dataKey.slice(0, slash));
  const object = listing?.objects.find(({ key }) => key === dataKey.slice(slash + 1));
  // Replaced between the two looks at it.
  return object?.modifiedAt ?? new Date();
}

/** The newest few. */
async function rejectedRuns(day: Day): Promise<RejectedRun[]> {
  const folder = day.layout.runManifests(day.job, day.date);
  const listing = await day.lake.listFolder(folder);
  const rejected = (listing?.objects ?? []).filter(({ key }) => isRejected(key));
  const newest = newestFirst(rejected).slice(0, MAX_REJECTED);
  const runs = newest.map(async ({ key, modifiedAt }) => {
    const content = await day.lake.get(`${folder}/${key}`);
    const parsed = content === undefined ? undefined : parseManifest(content);
    if (parsed === undefined || 'why' in parsed) return [];
    return [{ at: modifiedAt, manifest: parsed.manifest }];
  });
  return (await Promise.all(runs)).flat();
}
