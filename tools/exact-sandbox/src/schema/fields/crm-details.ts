/** Properties of crm/Addresses: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const ADDRESS_FIELDS = `
  ID:guid:w Account:guid:w AccountIsSupplier:bool AccountName:str AddressLine1:str:w AddressLine2:str:w
  AddressLine3:str:w City:str:w Contact:guid:w ContactName:str Country:str:w CountryName:str Created:date
  Creator:guid CreatorFullName:str CustomField:str Division:i32 Fax:str:w FreeBoolField_01:bool:w
  FreeBoolField_02:bool:w FreeBoolField_03:bool:w FreeBoolField_04:bool:w FreeBoolField_05:bool:w
  FreeDateField_01:date:w FreeDateField_02:date:w FreeDateField_03:date:w FreeDateField_04:date:w
  FreeDateField_05:date:w FreeNumberField_01:dbl:w FreeNumberField_02:dbl:w FreeNumberField_03:dbl:w
  FreeNumberField_04:dbl:w FreeNumberField_05:dbl:w FreeTextField_01:str:w FreeTextField_02:str:w
  FreeTextField_03:str:w FreeTextField_04:str:w FreeTextField_05:str:w Mailbox:str:w Main:bool:w
  Modified:date Modifier:guid ModifierFullName:str NicNumber:str:w Notes:str:w Phone:str:w
  PhoneExtension:str:w Postcode:str:w Source:byte State:str:w StateDescription:str Type:i16:w
  Warehouse:guid:w WarehouseCode:str WarehouseDescription:str
`;

/** Properties of crm/BankAccounts: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const BANK_ACCOUNT_FIELDS = `
  ID:guid:w Account:guid:w* AccountName:str Bank:guid BankAccount:str:w* BankAccountHolderName:str:w
  BankDescription:str BankName:str BICCode:str:w Blocked:bool:w Created:date Creator:guid
  CreatorFullName:str Description:str:w Division:i32 Format:str IBAN:str Main:bool:w Modified:date
  Modifier:guid ModifierFullName:str PaymentServiceAccount:guid Type:str TypeDescription:str
`;
