import { Compile } from 'typebox/schema';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** One fault of the handbook; line and column count from 1. `message` is Chinese, for the person who edits. */
export type HandbookFault = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
};

export type HandbookFile = { readonly path: string; readonly text: string };

type Path = readonly (string | number)[];

/** A file that has the right shape, and a way to point at any part of it. */
export type HandbookDocument<T> = {
  readonly file: string;
  readonly value: T;
  readonly fault: (path: Path, code: string, message: string) => HandbookFault;
};

/** Reads a YAML text against a schema; every fault of syntax and shape is returned, none thrown. */
export function readDocument<T>(
  file: HandbookFile,
  schema: object,
): { readonly document?: HandbookDocument<T>; readonly faults: readonly HandbookFault[] } {
  const lines = new LineCounter();
  const parsed = parseDocument(file.text, { lineCounter: lines });
  const at = (offset: number, code: string, message: string): HandbookFault => {
    const { line, col } = lines.linePos(offset);
    return { file: file.path, line, column: col, code, message };
  };
  if (parsed.errors.length > 0) {
    return {
      faults: parsed.errors.map((error) => at(error.pos[0], 'yaml', `YAML 写法有误：${error.message}`)),
    };
  }

  const fault = (path: Path, code: string, message: string) => at(offsetOf(parsed, path), code, message);
  const value: unknown = parsed.toJS();
  const [fits, errors] = Compile(schema).Errors(value);
  if (fits) return { document: { file: file.path, value: value as T, fault }, faults: [] };

  const seen = new Set<string>();
  const faults = errors
    .filter((error) => error.keyword !== 'boolean' && error.keyword !== 'anyOf')
    .map((error) => fault(pointer(error.instancePath), 'shape', shapeMessage(error)))
    .filter((one) => {
      const key = `${one.line}:${one.column}`;
      return !seen.has(key) && seen.add(key);
    });
  const some = faults.length > 0 ? faults : [fault([], 'shape', '内容与格式不符')];
  return { faults: some };
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function pointer(text: string): Path {
  return text
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

type ShapeError = { readonly keyword: string; readonly instancePath: string; readonly params: unknown };

function shapeMessage(error: ShapeError): string {
  const detail = JSON.stringify(error.params);
  const where = error.instancePath === '' ? '文件开头' : error.instancePath;
  if (error.keyword === 'required') return `${where} 缺少必填项 ${detail}`;
  if (error.keyword === 'additionalProperties') return `${where} 有不认识的项 ${detail}`;
  if (error.keyword === 'const' || error.keyword === 'enum') return `${where} 的值不在允许范围内 ${detail}`;
  return `${where} 的写法不对（${error.keyword} ${detail}）`;
}
