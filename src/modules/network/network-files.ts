import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Refusal } from '#kernel/result.ts';
import {
  type DeviceKind,
  type NetworkDraft,
  placeFuses,
  readCim,
  readDss,
  readNetworkCsv,
} from './domain/index.ts';

/** Which files make a network: a CSV set, an OpenDSS master (its neighbours are read with it), or a CIM file. */
export type NetworkSource =
  | { readonly format: 'csv'; readonly devices: string; readonly meters: string }
  | { readonly format: 'dss' | 'cim'; readonly file: string };

type Known = ReadonlyMap<string, { readonly kind: DeviceKind; readonly parent: string | null }>;

/** Reads the files into a draft; `known` are the devices in the house that a CSV set may build upon. */
export async function readNetworkFiles(
  source: NetworkSource,
  known?: Known,
): Promise<NetworkDraft | Refusal> {
  if (source.format === 'csv') {
    const [devices, meters] = [await namedText(source.devices), await namedText(source.meters)];
    return readNetworkCsv({ devices, meters }, known);
  }
  if (source.format === 'cim') {
    const draft = readCim(basename(source.file), (await namedText(source.file)).text);
    return 'refused' in draft ? draft : placeFuses(draft);
  }
  return placeFuses(readDss(await neighbours(source.file), basename(source.file)));
}

async function neighbours(master: string): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(master);
  const names = (await readdir(folder)).filter((name) => /\.(dss|dat|csv|txt)$/i.test(name));
  const files = new Map<string, string>();
  // Latin-1 keeps every byte: names in these models are of many encodings and only have to agree with themselves.
  for (const name of names) files.set(name, await readFile(join(folder, name), 'latin1'));
  files.set(basename(master), await readFile(master, 'latin1'));
  return files;
}

async function namedText(path: string): Promise<{ readonly name: string; readonly text: string }> {
  return { name: basename(path), text: await readFile(path, 'utf8') };
}
