import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#platform/config.ts';
import type { Database } from '#platform/db/db.ts';
import { examine, type Finding } from './doctor.ts';

const DOCTOR_USAGE = `用法：dafuwu doctor [--lang zh|en] [--json]
  查看本机的安装：Node、数据目录、端口、数据库、时钟、手册、通道、待发消息、审计链头、备份。只看，不改。
usage: dafuwu doctor [--lang zh|en] [--json]
  Looks at this installation and changes nothing. Exit 0: it works; 1: something is wrong; 2: it could not look.
`;

const MARKS: Readonly<Record<Finding['level'], string>> = { ok: '✔', warn: '!', fail: '✘' };

/** `dafuwu doctor`: what is right and wrong with an installation, in one sentence each. */
export async function runDoctorCli(
  args: readonly string[],
  config: Config,
  database: Database,
): Promise<{ readonly exitCode: number; readonly out: string }> {
  const options = parseArgs(args);
  if (options === undefined) return { exitCode: args.includes('--help') ? 0 : 2, out: DOCTOR_USAGE };
  const findings = await examine({ config, database, wantedNode: wantedNode(), now: Date.now });
  const works = findings.every((one) => one.level !== 'fail');
  const out = options.json
    ? `${JSON.stringify({ works, findings })}\n`
    : findings.map((one) => `${MARKS[one.level]} ${options.language === 'zh' ? one.zh : one.en}\n`).join('');
  return { exitCode: works ? 0 : 1, out };
}

function parseArgs(
  args: readonly string[],
): { readonly language: 'zh' | 'en'; readonly json: boolean } | undefined {
  let language: 'zh' | 'en' = 'zh';
  let json = false;
  for (let i = 0; i < args.length; i += 1) {
    const named = args[i + 1];
    if (args[i] === '--json') json = true;
    else if (args[i] === '--lang' && (named === 'zh' || named === 'en')) {
      language = named;
      i += 1;
    } else return undefined;
  }
  return { language, json };
}

function wantedNode(): string {
  const path = join(import.meta.dirname, '..', '..', 'package.json');
  const { dependencies } = JSON.parse(readFileSync(path, 'utf8')) as { dependencies: { node: string } };
  return dependencies.node;
}
