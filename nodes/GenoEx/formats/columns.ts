import { UUID, type Column } from './format';

/** The columns that both formats have. */
export const recordType = (code: string): Column => ({ name: 'record_type', label: 'Record Type', rule: new RegExp(`^${code}$`), wants: code, missing: code });
export const breed: Column = { name: 'breed', label: 'Breed', rule: /^[A-Z]{3}$/, wants: '3 capital letters' };
export const country: Column = { name: 'country', label: 'Country', rule: /^[A-Z]{3}$/, wants: '3 capital letters' };
export const sex: Column = { name: 'sex', label: 'Sex', rule: /^[MF]$/, wants: 'M or F' };
export const animalNumber: Column = { name: 'animal_number', label: 'Animal Number', rule: /^[A-Za-z0-9]{12}$/, wants: '12 letters and digits', zeroFilled: 12 };
export const uuid: Column = { name: 'uuid', label: 'UUID', rule: UUID, wants: 'a UUID' };
