import { defineMessages } from '../../lib/i18n.ts';

export const flagMessages = defineMessages(
  {
    'flag.add': '添加敏感提示',
    'flag.end': '不再成立',
    'flag.endNamed': '{kind}：不再成立',
    'flag.kind': '是什么情况',
    'flag.evidence': '凭什么知道',
    'flag.note': '凭据说明',
    'flag.noteHint': '例如：低保证编号、走访日期',
    'flag.until': '有效到',
    'flag.consent': '客户本人或家属同意登记',
    'flag.set': '登记',
    'flag.why': '为什么不再成立',
    'flag.cancel': '算了',
  },
  {
    'flag.add': 'Add a mark',
    'flag.end': 'No longer so',
    'flag.endNamed': '{kind}: no longer so',
    'flag.kind': 'What is it',
    'flag.evidence': 'How do we know',
    'flag.note': 'The evidence',
    'flag.noteHint': 'Such as the number of a certificate, the day of a visit',
    'flag.until': 'Holds until',
    'flag.consent': 'The customer or his family agrees',
    'flag.set': 'Keep it',
    'flag.why': 'Why it no longer holds',
    'flag.cancel': 'Never mind',
  },
);
