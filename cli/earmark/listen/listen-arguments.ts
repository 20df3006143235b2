import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import { SHIPPED_MODEL } from '../../../src/shared/contracts/model/shipped-model';
import { UsageError } from '../../command';
import { modelFolder } from '../../networks/model-path';
import type { TagSettings } from '../tag/settings';
import { thresholdOption, wantedLabelsOption } from '../tag/tag-arguments';

/** What `earmark listen` is to do. */
export interface ListenCommand {
  readonly source: string;
  readonly settings: TagSettings;
  readonly wantsLevels: boolean;
  readonly wantsScores: boolean;
  /** Name of this listener among others. */
  readonly node: string;
  /** Folder of what waits to be sent; undefined for the usual one. */
  readonly spoolFolder: string | undefined;
  readonly mqttUrl: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly prometheus: { readonly host: string; readonly port: number } | undefined;
  readonly clips: { readonly folder: string; readonly mostBytes: number } | undefined;
}

/** @throws UsageError if the arguments cannot be used. */
export function parseListenArguments(args: readonly string[]): ListenCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      labels: { type: 'string' },
      threshold: { type: 'string', default: 'auto' },
      head: { type: 'string' },
      model: { type: 'string', default: SHIPPED_MODEL },
      levels: { type: 'boolean', default: false },
      scores: { type: 'boolean', default: false },
      mqtt: { type: 'string' },
      webhook: { type: 'string' },
      node: { type: 'string' },
      spool: { type: 'string' },
      prometheus: { type: 'string' },
      clips: { type: 'string' },
      'clips-size': { type: 'string' },
    },
  });
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) throw new UsageError('name one source to listen to');
  if (values['clips-size'] !== undefined && values.clips === undefined)
    throw new UsageError('--clips-size needs --clips');
  return {
    source,
    settings: {
      modelFolder: modelFolder(values.model),
      headFile: values.head,
      threshold: thresholdOption(values.threshold),
      labels: wantedLabelsOption(values.labels),
      overlapSeconds: undefined,
    },
    wantsLevels: values.levels,
    wantsScores: values.scores,
    node: nodeOption(values.node),
    spoolFolder: values.spool,
    mqttUrl: addressOption('--mqtt', values.mqtt, ['mqtt:', 'mqtts:', 'ws:', 'wss:']),
    webhookUrl: addressOption('--webhook', values.webhook, ['http:', 'https:']),
    prometheus: prometheusOption(values.prometheus),
    clips: clipsOption(values.clips, values['clips-size']),
  };
}

function nodeOption(text: string | undefined): string {
  if (text === undefined) return hostname().replaceAll(/[^\w-]/g, '_');
  if (!/^[\w-]{1,64}$/.test(text)) throw new UsageError('--node takes up to 64 letters, digits, _ and -');
  return text;
}

function addressOption(flag: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  const starts = protocols.map((protocol) => `${protocol}//`).join(', ');
  throw new UsageError(`${flag} needs an address that begins with ${starts}`);
}

/** `PORT` on this machine alone, or `HOST:PORT`. */
function prometheusOption(text: string | undefined): ListenCommand['prometheus'] {
  if (text === undefined) return undefined;
  const [, host = '127.0.0.1', digits] = /^(?:(.+):)?(\d+)$/.exec(text) ?? [];
  const port = Number(digits);
  if (!(port >= 0 && port <= 65_535)) throw new UsageError('--prometheus needs a port, or HOST:PORT');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

function clipsOption(folder: string | undefined, size = '1G'): ListenCommand['clips'] {
  if (folder === undefined) return undefined;
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)B?$/i.exec(size) ?? [];
  const mostBytes = Math.floor(Number(digits) * 1000 ** ' KMGT'.indexOf(unit.toUpperCase() || ' '));
  if (!(mostBytes > 0)) throw new UsageError('--clips-size needs a size, such as 500M or 2G');
  return { folder, mostBytes };
}
