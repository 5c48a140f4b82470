import { defineMessages } from '../../lib/i18n.ts';

export const messages = defineMessages(
  {
    'place.cards': '方案',
    'place.cardsName': '典型故障处理卡',
    'cards.owner': '先做安全，再处置；参考时长不是承诺',
    'cards.filter': '按故障名或客户的话筛选',
    'cards.none': '没有对得上的处理卡',
    'cards.noneBody': '换一个词试试，例如：跳闸、电压高、断线。',
    'cards.empty': '手册里还没有处理卡',
    'cards.emptyBody': '处理卡随业务手册发布，放在手册的 faults 目录里。',
  },
  {
    'place.cards': 'Cards',
    'place.cardsName': 'Cards of typical faults',
    'cards.owner': 'Safety first, then the work; the usual time is no promise',
    'cards.filter': 'Filter by fault or by what customers say',
    'cards.none': 'No card fits',
    'cards.noneBody': 'Try another word of a fault or of what was said.',
    'cards.empty': 'The handbook has no cards yet',
    'cards.emptyBody': 'Cards are published with the handbook, from its folder “faults”.',
  },
);
