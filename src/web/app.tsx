import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { ApiError } from './lib/api.ts';
import { type Language, LanguageContext } from './lib/i18n.ts';
import { listenToKeys } from './lib/keys.ts';
import { NightContext } from './lib/night.ts';
import { type Density, themeOf } from './ui/theme.ts';

const LANGUAGE_KEY = 'dafuwu:language';

/** What every entrance needs around its pages: queries, theme, language, keys. */
export function App(props: {
  density: Density;
  dark?: boolean;
  queryClient: QueryClient;
  children: ReactNode;
}) {
  const [language, setLanguageState] = useState<Language>(storedLanguage);
  const setting = useMemo(
    () => ({
      language,
      setLanguage: (next: Language) => {
        localStorage.setItem(LANGUAGE_KEY, next);
        setLanguageState(next);
      },
    }),
    [language],
  );
  const [night, setNight] = useState(false);
  const dark = props.dark === true || night;
  const theme = useMemo(() => themeOf(props.density, dark), [props.density, dark]);

  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  useEffect(listenToKeys, []);
  useEffect(() => void import('./chinese-font.ts').then((font) => font.offerChineseFont()), []);

  return (
    <LanguageContext value={setting}>
      <ConfigProvider
        theme={theme}
        locale={language === 'zh' ? zhCN : enUS}
        button={{ autoInsertSpace: false }}
      >
        <QueryClientProvider client={props.queryClient}>
          <NightContext value={setNight}>
            <AntApp component={false}>{props.children}</AntApp>
          </NightContext>
        </QueryClientProvider>
      </ConfigProvider>
    </LanguageContext>
  );
}

/** A read is asked again when the line was down, never when the server refused. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: 'always',
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status === 0,
      },
    },
  });
}

function storedLanguage(): Language {
  return localStorage.getItem(LANGUAGE_KEY) === 'en' ? 'en' : 'zh';
}
