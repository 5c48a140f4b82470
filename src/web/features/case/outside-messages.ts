import { defineMessages } from '../../lib/i18n.ts';

export const outsideMessages = defineMessages(
  {
    'outside.line':
      '{door} 来单 {number}：对方 {started} 受理，{received} 到我方，到手时时限已用 {used}。回访由对方做。',
    'outside.lineNoClock': '{door} 来单 {number}：对方 {started} 受理，{received} 到我方。回访由对方做。',
    'outside.open': '看来单与回单',
    'outside.chip': '{door} 已用 {used}',
  },
  {
    'outside.line':
      'Order {number} of {door}: they accepted it {started}, it reached us {received} with {used} of the time used. They call back.',
    'outside.lineNoClock':
      'Order {number} of {door}: they accepted it {started}, it reached us {received}. They call back.',
    'outside.open': 'Order and reply',
    'outside.chip': '{door} {used} used',
  },
);
