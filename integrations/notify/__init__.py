"""GOV.UK Notify: the government's service that sends emails. API: https://docs.notifications.service.gov.uk/rest-api.html"""
