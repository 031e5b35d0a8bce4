-- A customer has used a channel. A ticket without one (null) adds nothing: null <> all ('{}') is true.
create or replace function ${schema}.add_channel(p_customer_id uuid, p_channel text) returns void
language plpgsql
as $$
begin
  if p_channel is not null then
    update customer c set communication_channels = c.communication_channels || p_channel
    where c.id = p_customer_id and p_channel <> all (c.communication_channels);
  end if;
end
$$;
revoke all on function ${schema}.add_channel(uuid, text) from public;
