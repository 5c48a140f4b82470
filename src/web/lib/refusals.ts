import { createContext, useCallback, useContext } from 'react';
import { ApiError } from './api.ts';
import { defineMessages, lookUp, type Messages, useLanguage } from './i18n.ts';

/** Sentences for codes that any call may answer with; a module's own codes are in its feature's `refusals`. */
export const commonRefusals = defineMessages(
  {
    'client.no-answer': '没有连上服务器。请看看网络；接通后再试，不会重复提交。',
    'client.fault': '页面自身出错了。重新打开这一页再试。',
    'http.403': '您没有做这件事的权限。需要的话请找系统管理员。',
    'http.404': '没有找到。它可能已被合并、删除，或不归您看。',
    'http.409': '别人刚刚改过。请看一眼最新情况再做。',
    'http.413': '内容太大，请缩小后再试。',
    'http.429': '操作太快了，请稍等几秒再试。',
    'http.500': '服务器出错，这次没有写入任何内容。请再试；仍不行请把编号告诉管理员。',
    'http.502': '服务器正在重启，请稍等几秒再试。',
    'http.503': '服务器忙，请稍等几秒再试。不会重复提交。',
    'http.504': '服务器忙，请稍等几秒再试。不会重复提交。',
  },
  {
    'client.no-answer':
      'The server did not answer. Check the network, then try again; nothing is sent twice.',
    'client.fault': 'The page itself failed. Open it again and retry.',
    'http.403': 'You may not do this. Ask the system administrator if you need it.',
    'http.404': 'Not found. It may have been merged or removed, or it is not yours to see.',
    'http.409': 'Somebody else changed it just now. Look at the latest state, then do it.',
    'http.413': 'This is too large. Make it smaller and try again.',
    'http.429': 'Too fast. Wait a few seconds and try again.',
    'http.500':
      'The server failed; nothing was written. Try again, or give the reference to your administrator.',
    'http.502': 'The server is restarting. Wait a few seconds and try again.',
    'http.503': 'The server is busy. Wait a few seconds and try again; nothing is sent twice.',
    'http.504': 'The server is busy. Wait a few seconds and try again; nothing is sent twice.',
  },
);

export const RefusalContext = createContext<readonly Messages[]>([commonRefusals]);

export type Explained = { readonly sentence: string; readonly requestId?: string };

/** Turns whatever was thrown into a sentence: the module's, the server's own (in the user's language), the status's. */
export function useExplain(): (error: unknown) => Explained {
  const catalogues = useContext(RefusalContext);
  const { language } = useLanguage();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiError))
        return { sentence: lookUp(commonRefusals, language, 'client.fault') ?? '' };

      const { code, detail, message, requestId } = error.body;
      const known = catalogues
        .map((messages) => lookUp(messages, language, code, detail))
        .find((text) => text !== undefined);
      const byStatus = lookUp(commonRefusals, language, `http.${error.status}`);
      const sentence = known ?? (error.status < 500 ? message || byStatus : byStatus) ?? message;
      return requestId === undefined ? { sentence } : { sentence, requestId };
    },
    [catalogues, language],
  );
}
