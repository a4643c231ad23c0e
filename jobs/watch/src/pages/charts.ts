/** Charts as SVG text, drawn without a browser; their colours are the page's, by CSS variables. */
// The library as one file: its parts are six hundred files, which cost each command half a second.
import { type EChartsCoreOption, init } from 'echarts/dist/echarts.esm.min.mjs';
import { Html, html } from './html.ts';

export interface Series {
  readonly name: string;
  /** One a category; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface Chart {
  /** Bars of several series lie on each other. */
  readonly kind: 'lines' | 'bars';
  /** What it shows, for those who do not see it too. */
  readonly label: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
}

/** On a phone a third smaller, so letters are large and few. */
const [WIDTH, HEIGHT] = [560, 300];
const INK = 'var(--muted)';
const LINE = { lineStyle: { color: 'var(--line)' } };
const LABELS = { color: INK, fontSize: 14 };
/** In the order of the marks of the legend in style.ts. */
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'arrow', 'pin'] as const;

/** The picture with its legend. */
export function figure(chart: Chart): Html {
  const legend = chart.series.map(({ name }, at) => html`<li class="s${at % SYMBOLS.length}">${name}</li>`);
  return html`<figure>
    <figcaption>${chart.label}</figcaption>
    ${drawn(chart)}
    <ul class="legend">
      ${legend}
    </ul>
  </figure>`;
}

function drawn(chart: Chart): Html {
  const canvas = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    canvas.setOption(optionOf(chart));
    return withLabel(canvas.renderToSVGString(), chart.label);
  } finally {
    canvas.dispose();
  }
}

function optionOf({ kind, categories, series }: Chart): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 4, right: 20, top: 12, bottom: 12 },
    xAxis: {
      type: 'category',
      data: categories,
      axisLine: LINE,
      axisTick: LINE,
      axisLabel: LABELS,
    },
    yAxis: { type: 'value', splitLine: LINE, axisLabel: LABELS },
    series: series.map(({ name, values }, at) => {
      const color = `var(--s${at % SYMBOLS.length})`;
      const common = { name, data: values, silent: true, emphasis: { disabled: true } };
      if (kind === 'bars') return { ...common, type: 'bar', stack: 'all', itemStyle: { color } };
      const symbol = SYMBOLS[at % SYMBOLS.length];
      const marks = { symbol, symbolSize: 7, showAllSymbol: true, itemStyle: { color } };
      return { ...common, ...marks, type: 'line', lineStyle: { color, width: 1.5 } };
    }),
  };
}

/** What a browser's mouse would need goes: the page has no script, and its style is its own. Names count up with each chart. */
function withLabel(svg: string, label: string): Html {
  const still = svg
    .replaceAll(/<style[^]*?<\/style>/g, '')
    .replaceAll(/ (?:class|pointer-events|ecmeta_\w+|xmlns:xlink|baseProfile)="[^"]*"/g, '')
    .replaceAll(/ style="font-size:(\d+)px;[^"]*"/g, ' font-size="$1"')
    .replaceAll(/ (?:id="|clip-path="url\(#)zr\d+-[^"]*"/g, '')
    .replaceAll(/<defs ?>[^]*?<\/defs>/g, '')
    .replaceAll(/\n+/g, '\n')
    .trim();
  const { text } = html`<svg role="img" aria-label="${label}" `;
  return new Html(still.replace(/^<svg width="\d+" height="\d+" /, () => text));
}
