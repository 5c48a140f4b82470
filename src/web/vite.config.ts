import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { theme } from 'antd';
import { defineConfig, type Plugin, transformWithOxc } from 'vite';
import { themeOf } from './ui/theme.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const adoptedCss = fileURLToPath(new URL('lib/adopted-css.ts', import.meta.url));

/**
 * antd writes its styles into `<style>` elements while it renders; a strict `style-src 'self'` forbids that, and some
 * of its helpers (the scroll lock of a dialog) take no nonce. All of them go through one small file, which we replace
 * by one that uses constructed style sheets: they need neither a nonce nor 'unsafe-inline'.
 */
function stylesWithoutInline(): Plugin {
  return {
    name: 'dafuwu:styles-without-inline',
    enforce: 'pre',
    apply: 'build',
    async resolveId(source, importer) {
      if (!/(dynamicCSS|cssUtils)(\.js)?$/.test(source)) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found && /(util\/es\/Dom\/dynamicCSS|icons\/es\/cssUtils)\.js$/.test(found.id)
        ? adoptedCss
        : null;
    },
  };
}

/**
 * The sliced Chinese font: woff2 only, and an installed Chinese font under its other names first, so that nothing is
 * downloaded where the system has one.
 */
function chineseFont(): Plugin {
  const local = ['Noto Sans CJK SC', 'Source Han Sans SC', 'Source Han Sans CN', 'Noto Sans SC']
    .map((name) => `local('${name}')`)
    .join(', ');
  return {
    name: 'dafuwu:chinese-font',
    enforce: 'pre',
    load(id) {
      if (!/noto-sans-sc\/\d+\.css$/.test(id)) return null;
      return readFileSync(id, 'utf8')
        .replaceAll(/, url\([^)]*\.woff\) format\('woff'\)/g, '')
        .replaceAll('src: url', `src: ${local}, url`);
    },
  };
}

/** The phone page of crews has no antd in it, but its colours and sizes: as CSS variables, made once here. */
function phoneTokens(): Plugin {
  const id = 'virtual:phone-tokens.css';
  return {
    name: 'dafuwu:phone-tokens',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load(asked) {
      if (asked !== `\0${id}`) return null;
      const tokens = Object.entries(theme.getDesignToken(themeOf('phone', false))).flatMap(
        ([name, value]) => {
          if (typeof value !== 'string' && typeof value !== 'number') return [];
          const isSize = typeof value === 'number' && /^(fontSize|borderRadius)/.test(name);
          const kebab = name.replaceAll(/([A-Z]|\d+)/g, (part) => `-${part.toLowerCase()}`);
          return [`--ant-${kebab}:${value}${isSize ? 'px' : ''};`];
        },
      );
      return `.dfw{${tokens.join('')}}`;
    },
  };
}

/** The service worker of the phone page, with the files that it keeps: those of its entrance, and no page of anybody else. */
function fieldWorker(): Plugin {
  return {
    name: 'dafuwu:field-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const files = new Set(['/field.html', '/field.webmanifest', '/icon.svg']);
      const add = (name: string): void => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || files.has(`/${name}`)) return;
        files.add(`/${name}`);
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(`/${css}`);
        chunk.imports.forEach(add);
      };
      for (const [name, chunk] of Object.entries(bundle))
        if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'field') add(name);
      if (files.size === 3) return;
      const worker = join(root, 'field-worker.ts');
      const { code: source } = await transformWithOxc(readFileSync(worker, 'utf8'), worker);
      const list = JSON.stringify([...files].toSorted());
      const version = createHash('sha256').update(list).update(source).digest('hex').slice(0, 12);
      const head = `const FILES = ${list};\nconst VERSION = '${version}';\n`;
      this.emitFile({ type: 'asset', fileName: 'field-worker.js', source: head + source });
    },
  };
}

/** Leaves `x.br` and `x.gz` beside each text file, for a server that sends files as they lie (`preCompressed`). */
function compressed(): Plugin {
  return {
    name: 'dafuwu:compressed',
    apply: 'build',
    enforce: 'post',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css|html|svg)$/.test(file))) {
        const content = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content, BROTLI));
      }
    },
  };
}

/** While developing: which page stands at an address, as the program itself decides it (`platform/http/shell.ts`). */
function entrances(): Plugin {
  return {
    name: 'dafuwu:entrances',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const entrance = /^\/(c|hall|field)(?:\/|$)/.exec(request.url ?? '')?.[1];
        if (entrance !== undefined) request.url = `/${entrance === 'c' ? 'customer' : entrance}.html`;
        next();
      });
    },
  };
}

/** Quality 9 of 11: two percent larger, ten times as fast. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const vendor = (name: string, test: RegExp) => ({ name, test });

export default defineConfig({
  root,
  plugins: [
    stylesWithoutInline(),
    chineseFont(),
    phoneTokens(),
    fieldWorker(),
    compressed(),
    entrances(),
    react(),
  ],
  server: { proxy: { '/api': process.env['DAFUWU_API'] ?? 'http://127.0.0.1:8080' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // A picture inlined as data: would need a looser policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        index: `${root}index.html`,
        customer: `${root}customer.html`,
        hall: `${root}hall.html`,
        field: `${root}field.html`,
      },
      output: {
        // What changes with a library version stays apart from what changes with every release of ours.
        codeSplitting: {
          groups: [
            vendor('react', /node_modules\/(react|react-dom|scheduler)\//),
            vendor('tanstack', /node_modules\/@tanstack\//),
          ],
        },
      },
    },
  },
});
