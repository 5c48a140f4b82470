import { dirname, join } from 'node:path';

/** What each file imports, by path from the root of the tree; types and lazy imports too. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** Reads imports as text: what a file takes `from` another of the tree, also where only the type is taken. */
export function readImports(texts: ReadonlyMap<string, string>): Imports {
  return new Map(
    [...texts].map(([file, text]) => [
      file,
      [...text.matchAll(/(?:\bfrom|\bimport\()\s*'([.#][^']+)'/g)]
        .map(([, target = '']) => pathOf(file, target))
        .filter((target) => texts.has(target)),
    ]),
  );
}

function pathOf(file: string, target: string): string {
  return target.startsWith('#') ? `src/${target.slice(1)}` : join(dirname(file), target);
}

/** Every set of files that reach one another (Tarjan's strongly connected components of two files and more). */
export function importCircles(imports: Imports): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const circles: string[][] = [];

  function visit(file: string): number {
    const mine = order.size;
    order.set(file, mine);
    path.push(file);
    onPath.add(file);
    let low = mine;
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (onPath.has(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low === mine) leave(file);
    return low;
  }

  function leave(file: string): void {
    const members = path.splice(path.indexOf(file));
    for (const member of members) onPath.delete(member);
    if (members.length > 1) circles.push(members.toSorted());
  }

  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles;
}
